import { stringify } from 'csv-stringify/sync'
import type { AdPlatform, Conversion } from '../domain/reporting/conversions.ts'

const currency = 'USD'

/**
 * The files that the ad platforms take. Google Ads: import of conversions from clicks
 * (https://support.google.com/google-ads/answer/7014069). Meta: offline events, with the parameters of its Conversions API
 * (https://developers.facebook.com/docs/marketing-api/conversions-api/parameters).
 */
const layouts: { [platform in AdPlatform]: { columns: readonly string[]; toCells: (one: Conversion) => string[] } } = {
  google: {
    columns: ['Google Click ID', 'Conversion Name', 'Conversion Time', 'Conversion Value', 'Conversion Currency'],
    toCells: ({ clickId, name, at, valueCents }) => [clickId, name, toGoogleTime(at), toAmount(valueCents), currency],
  },
  meta: {
    columns: ['event_name', 'event_time', 'fbc', 'value', 'currency', 'order_id'],
    toCells: ({ leadId, clickId, name, at, valueCents }) => [
      ...[name, at, clickId, toAmount(valueCents), currency],
      leadId,
    ],
  },
}

/** CSV by RFC 4180, one row for each conversion. A value that a spreadsheet would run as a formula is escaped. */
export function toConversionCsv(
  conversions: readonly Conversion[],
  { platform, header }: { platform: AdPlatform; header: boolean },
): string {
  const { columns, toCells } = layouts[platform]
  const cells = conversions.map(toCells)
  return stringify(header ? [columns, ...cells] : cells, { escape_formulas: true, record_delimiter: 'windows' })
}

/** Such as `2026-11-23 15:04:05+00:00`. */
function toGoogleTime(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)}+00:00`
}

function toAmount(cents: number): string {
  return (cents / 100).toFixed(2)
}
