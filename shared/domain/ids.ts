import * as z from 'zod'

/** What we make ids for, and the prefix that tells them apart at sight. */
export const prefixes = {
  lead: 'lead_',
  delivery: 'dlv_',
  attempt: 'att_',
  incident: 'inc_',
  key: 'key_',
  replay: 'rpl_',
  formToken: 'frm_',
  disposition: 'dsp_',
  link: 'lnk_',
  reveal: 'rvl_',
  erasure: 'ers_',
  return: 'ret_',
  audit: 'aud_',
  intent: 'int_',
  withdrawal: 'wdr_',
  suppression: 'sup_',
  person: 'psn_',
  session: 'ses_',
  email: 'eml_',
  notification: 'ntf_',
  inbound: 'inb_',
} as const
export type IdKind = keyof typeof prefixes

/** Makes an id of 128 random bits; randomness is the caller's. */
export type NewId = <Kind extends IdKind>(kind: Kind) => string

/** 22 letters of base64url hold 128 bits. */
export function idSchema(kind: IdKind) {
  return z
    .string()
    .regex(new RegExp(`^${prefixes[kind]}[A-Za-z0-9_-]{22}$`), `must be an ID that starts with ${prefixes[kind]}`)
    .meta({ example: `${prefixes[kind]}4fJ0q2mXbW7cT1nZ8yKd5A` })
}
