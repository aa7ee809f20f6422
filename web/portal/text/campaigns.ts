export const campaignText = {
  title: 'Campaigns',
  intro: 'Open a campaign to pause it, change its caps, or send a test lead.',
  list: 'Your campaigns',
  all: 'All campaigns',
  empty: 'You don’t have any campaigns yet. Ask your lead provider to set one up for the programs you want leads for.',
  notFoundTitle: 'Campaign not found',
  notFound: 'It may have been removed. See all campaigns for the ones you have.',
  noCap: 'No cap',
  noOwnCap: 'This campaign has no cap. Your credit limit and the limits across all campaigns still apply.',
  states: {
    active: 'Active: accepting leads.',
    paused: (pauses: string) => `Paused: no new leads until it is resumed. ${pauses}`,
    schoolPaused: 'Your school is paused: no new leads until your lead provider resumes it.',
    schoolCapReached: 'You reached a limit across all your campaigns: no new leads for now.',
    pausedByYou: (day: string) => `You paused this campaign on ${day}.`,
    pausedByStaff: (day: string) => `Your lead provider paused this campaign on ${day}. Contact them to resume it.`,
    creditUsedUp: 'Your credit is used up: no new leads until your lead provider raises it.',
    capReached: 'A cap was reached: no new leads for now.',
    outside: {
      deliver: 'Outside your hours: leads are still delivered.',
      park: 'Outside your hours: leads are on hold until you open.',
      skip: 'Outside your hours: no new leads until you open.',
    },
  },
  status: 'Status',
  pause: 'Pause',
  resume: 'Resume',
  resumeOwn: 'End your pause',
  ownPauseHelp: 'Pause it too if you don’t want leads when your lead provider resumes it.',
  pauseTitle: 'Pause this campaign?',
  pauseHelp:
    'You’ll stop receiving new leads right away. Leads already sent will still arrive. You can resume at any time.',
  pauseConfirm: 'Pause campaign',
  conflict:
    'Nothing was changed because someone else changed this campaign. The current version is shown now. Change it ' +
    'again if you still want to.',
  terms: 'Terms',
  programs: 'Programs',
  price: 'Price',
  pricePerLead: (price: string) => `${price} per lead`,
  endpoint: 'Leads go to',
  testEndpoint: 'Test leads go to',
  hours: 'Hours',
  timeRange: (days: string, from: string, to: string) => `${days}: ${from} to ${to}`,
  timeZone: 'Time zone',
  returns: 'Returns',
  noReturns: 'Not accepted',
  returnDays: (days: number) => (days === 1 ? 'Within 1 day of delivery' : `Within ${days} days of delivery`),
  termsHelp: 'Contact your lead provider to make changes.',
} as const

export const limitsText = {
  title: 'Limits across all campaigns',
  credit: (used: string, limit: string, left: string) => `${used} of ${limit} credit used, ${left} left.`,
  creditLabel: 'Credit used',
  help: 'Set by your lead provider. Credit counts every lead that was sold to you, less the credit you got for returns.',
} as const

export const capsText = {
  title: 'Caps',
  change: 'Change caps',
  saved: 'Caps saved.',
  none: 'No cap of your own. The caps of your contract still apply.',
  own: 'Your caps',
  contract: 'Caps of your contract',
  contractHelp: 'Set by your lead provider. If you set a cap for the same period, the lower one applies.',
  byContract: 'Contract cap.',
  bySchool: 'Your cap.',
  notCounting: 'A lower cap for this period applies instead of this one.',
  add: 'Add cap',
  save: 'Save caps',
  cap: (capNumber: number) => `Cap ${capNumber}`,
  remove: (capNumber: number) => `Remove cap ${capNumber}`,
  limit: 'Limit',
  unit: 'Unit',
  units: { leads: 'leads', cents: 'dollars' },
  per: 'Per',
  periods: { hour: 'hour', day: 'day', week: 'week', month: 'month', total: 'total' },
  whenReached: 'When reached',
  reached: { skip: 'stop sending', park: 'hold until reset' },
  faults: {
    limit: 'Enter a whole number (0 blocks all leads).',
    amount: 'Enter an amount, such as 250 or 1,250.50 (0 blocks all leads).',
    samePeriod: 'Another cap already uses this period. Choose another period or remove one of the caps.',
  },
} as const

export const secretText = {
  title: 'Webhook secret',
  help: 'Used to verify that leads come from us. Rotate it if it may have been exposed.',
  overlap: 'Old secret expires in',
  overlaps: { '3600': '1 hour', '86400': '1 day', '604800': '1 week' },
  rotate: 'Rotate secret',
  rotateTitle: 'Rotate the webhook secret?',
  rotateHelp: (overlap: string) =>
    `Add the new secret to your system before the old one expires in ${overlap}. You’ll see the new secret only once.`,
  rotateConfirm: 'Rotate',
  installBefore: 'Add it to your system before ',
  installAfter: '. Until then we sign each lead with both secrets, so you won’t miss any.',
} as const

export const testLeadText = {
  title: 'Test lead',
  help: (hasTestEndpoint: boolean) =>
    `We’ll send a sample lead marked as a test to your ${hasTestEndpoint ? 'test endpoint' : 'system'}. Free, doesn’t count toward caps.`,
  send: 'Send test lead',
  sendAnother: 'Send another test lead',
  view: 'View lead',
} as const
