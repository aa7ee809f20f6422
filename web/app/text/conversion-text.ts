/** Texts about the export of conversions, which staff and publishers both read. */
export const conversionText = {
  title: 'Conversions for ads',
  help: 'One row for each lead that came by a click (gclid or fbclid) and got so far. Tests, deleted people and people who withdrew consent are left out.',
  platform: 'For',
  google: 'Google Ads',
  meta: 'Meta',
  event: 'Counts as a conversion',
  events: { accepted: 'Lead accepted', delivered: 'Lead delivered' },
  since: 'Leads from',
  download: 'Download conversions',
  downloaded: 'Downloaded.',
} as const
