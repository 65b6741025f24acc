// SPDX-License-Identifier: Apache-2.0
/** The proof's bytes in a strip, coloured by the link that judges them. */

export interface Piece {
  readonly offset: number;
  readonly size: number;
  readonly kind: string;
}

const hues: Record<string, number> = {
  checkpoint: 320, handover: 265, finality: 215, header: 190, state: 150, "para-head": 100, "para-header": 70, "para-state": 35, node: 150,
};

export class ByteMap {
  readonly #canvas: HTMLCanvasElement;
  #pieces: readonly Piece[] = [];
  #size = 1;
  #marks: readonly { at: number; bad: boolean }[] = [];

  constructor(canvas: HTMLCanvasElement, onPick: (offset: number) => void) {
    this.#canvas = canvas;
    canvas.addEventListener("click", (event) => {
      const box = canvas.getBoundingClientRect();
      onPick(Math.min(this.#size - 1, Math.floor(((event.clientX - box.left) / box.width) * this.#size)));
    });
  }

  show(size: number, pieces: readonly Piece[], marks: readonly { at: number; bad: boolean }[]): void {
    this.#size = Math.max(1, size);
    this.#pieces = pieces;
    this.#marks = marks;
    this.#draw();
  }

  pieceAt(offset: number): Piece | undefined {
    return this.#pieces.find((piece) => offset >= piece.offset && offset < piece.offset + piece.size);
  }

  #draw(): void {
    const context = this.#canvas.getContext("2d");
    if (context === null) return;
    const { width, height } = this.#canvas;
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const x = (offset: number): number => (offset / this.#size) * width;
    context.clearRect(0, 0, width, height);
    this.#pieces.forEach((piece, i) => {
      const light = (dark ? 38 : 68) + (i % 2) * 7;
      context.fillStyle = `hsl(${hues[piece.kind] ?? 0} 45% ${light}%)`;
      context.fillRect(x(piece.offset), 6, Math.max(1, x(piece.size) - 0.5), height - 12);
    });
    for (const { at, bad } of this.#marks) {
      context.fillStyle = bad ? "#d2302d" : dark ? "#fff" : "#111";
      context.fillRect(x(at) - 1.5, 0, 3, height);
    }
  }
}
