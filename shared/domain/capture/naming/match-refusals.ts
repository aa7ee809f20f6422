import { createHash } from 'node:crypto'

type MatchVerdict = { campaignOwner: string; selected: boolean; reason?: string | undefined }

/** An entry that no campaign has: the refusals of some campaigns did not fit into the matchId. */
export const campaignsLeftOut = '*'

/**
 * Writes why a match refused its campaigns as a text of at most `maxLength`: by reason, the digests of the campaigns' owner names.
 * If not all fit, the reasons that may have ended when the lead comes are written first, because the others are found again.
 */
export function encodeMatchRefusals(verdicts: readonly MatchVerdict[], maxLength: number): string {
  const refusals = verdicts
    .flatMap(({ campaignOwner, selected, reason }) => (selected || !reason ? [] : [{ campaignOwner, reason }]))
    .sort((a, b) => getPriority(a.reason) - getPriority(b.reason) || (a.campaignOwner < b.campaignOwner ? -1 : 1))
  const digestsByReason = new Map<string, string>()
  let length = campaignsLeftOut.length
  for (const [index, { campaignOwner, reason }] of refusals.entries()) {
    const digests = digestsByReason.get(reason)
    length += digestLength + (digests === undefined ? reason.length + 2 : 0)
    if (length > maxLength) return join(digestsByReason, index < refusals.length)
    digestsByReason.set(reason, (digests ?? '') + digestCampaign(campaignOwner))
  }
  return join(digestsByReason, false)
}

/** Returns the refusals of those of these campaigns that the text mentions, by the owner name of the campaign. */
export function decodeMatchRefusals(
  text: string,
  campaignOwners: readonly string[],
): { [campaignOwner: string]: string } {
  const reasonsByDigest = new Map<string, string>()
  for (const group of text.replace(campaignsLeftOut, '').split(';')) {
    const [reason = '', digests = ''] = group.split('=')
    for (let at = 0; at < digests.length; at += digestLength)
      reasonsByDigest.set(digests.slice(at, at + digestLength), reason)
  }
  return Object.fromEntries([
    ...campaignOwners.flatMap((owner) => {
      const reason = reasonsByDigest.get(digestCampaign(owner))
      return reason === undefined ? [] : [[owner, reason] as const]
    }),
    ...(text.startsWith(campaignsLeftOut) ? [[campaignsLeftOut, 'MAX_SALES_REACHED'] as const] : []),
  ])
}

function join(digestsByReason: ReadonlyMap<string, string>, isIncomplete: boolean): string {
  const groups = [...digestsByReason].map(([reason, digests]) => `${reason}=${digests}`)
  return `${isIncomplete ? campaignsLeftOut : ''}${groups.join(';')}`
}

function getPriority(reason: string): number {
  if (/^(CAP_|CREDIT_LIMIT$|OUTSIDE_HOURS$)/.test(reason)) return 0
  return /^(MAX_SALES_REACHED|OUTRANKED|CAMPAIGN_INACTIVE|SCHOOL_INACTIVE)$/.test(reason) ? 1 : 2
}

const digestLength = 7

/** 42 bits: too many for two campaigns of one match to have the same. */
function digestCampaign(campaignOwner: string): string {
  return createHash('sha256').update(campaignOwner).digest('base64url').slice(0, digestLength)
}
