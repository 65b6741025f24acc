// SPDX-License-Identifier: Apache-2.0
// What sessions are made of (session.h).
export const magic = "mote session 1\n";
/** By their numbers in a session, from 1 on. */
export const calls = [
  undefined, "clientOpen", "clientAddRelay", "clientAddParachain", "clientRemoveChain", "clientAddSource", "clientRemoveSource",
  "clientOpened", "clientClosed", "clientReceive", "clientStep", "clientQuery", "clientCancel", "clientSubmit", "clientForget",
  "clientSave", "clientNext", "clientNameSource",
];
