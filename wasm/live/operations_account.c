/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses, and records of accounts. */
#include <string.h>

#include "mote/account.h"
#include "operations.h"

OPERATION(address_read) {
    ASK(address_read);
    (void)b;
    mote_address address;
    status = mote_address_read(context, &address, q.text);
    if (status != MOTE_OK) return status;
    protocol_write_bytes(answer, (mote_bytes){address.bytes, address.size});
    mote_write_u8(answer, address.has_prefix);
    mote_write_u16(answer, address.prefix);
    return MOTE_OK;
}

OPERATION(address_write) {
    ASK(address_write);
    (void)b;
    char text[MOTE_SS58_TEXT_SIZE];
    size_t size = mote_ss58_write(text, q.account.bytes, q.prefix);
    if (size == 0) return mote_fail(context, MOTE_E_ADDRESS_PREFIX, NULL, MOTE_NO_INDEX);
    protocol_write_bytes(answer, (mote_bytes){(const uint8_t *)text, size});
    return MOTE_OK;
}

static void write_amount_of(mote_writer *answer, mote_u128 amount) {
    const record_amount record = {amount.low, amount.high};
    write_amount(answer, &record);
}

OPERATION(account_record) {
    ASK(account_record);
    (void)b;
    mote_account_record record = mote_account_record_of(q.value);
    const char *layout = mote_account_layout_name(record.layout);
    protocol_write_bytes(answer, (mote_bytes){(const uint8_t *)layout, strlen(layout)});
    mote_write_u32(answer, record.nonce);
    mote_write_u32(answer, record.refcount);
    mote_write_u32(answer, record.consumers);
    mote_write_u32(answer, record.providers);
    mote_write_u32(answer, record.sufficients);
    write_amount_of(answer, record.free);
    write_amount_of(answer, record.reserved);
    write_amount_of(answer, record.frozen);
    write_amount_of(answer, record.misc_frozen);
    write_amount_of(answer, record.fee_frozen);
    return MOTE_OK;
}
