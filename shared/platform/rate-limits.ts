/** Requests per minute. `perAddress` counts one IPv4 address or one IPv6 /64, `perKey` one secret key; absent: no limit. */
export type RateLimitSettings = { perAddress?: number; perKey?: number }

/**
 * The rate limits of every deployment: the two AWS stages, the production mode on one machine (`npm run serve`) and the
 * local host with sample data (`npm start`). A source may set a limit of its own in its record.
 */
export const rateLimits = {
  dev: { perAddress: 120, perKey: 600 },
  prod: { perAddress: 120, perKey: 1200 },
  serve: { perAddress: 60, perKey: 1200 },
  sample: {},
} as const satisfies { [deployment: string]: RateLimitSettings }

/**
 * The firewall's limits of one address in five minutes, on AWS. `anonymous` counts requests that neither read nor carry a key:
 * matches, leads, withdrawals and preflights of pages. `any` counts everything. A test proves that neither cuts off a client
 * that keeps to the limits above.
 */
export const firewallLimits = { anonymous: 2000, any: 60_000 } as const
/** The window of the firewall's limits. After a block, a client may wait this long. */
export const firewallWindowSeconds = 300
