import { educationLabels, levelLabels, modalityLabels, startWindowLabels } from '../../words/choices.ts'

/** What a field is called where its name in the API would not do. */
const labels: { [name: string]: string } = {
  schoolId: 'School',
  programIds: 'Programs',
  careerSlugs: 'Careers',
  priceCents: 'Price per lead',
  creditCents: 'Credit',
  privacyNoticeEmail: 'Mailbox for notices',
  timeZone: 'Time zone',
  titleIv: 'Title IV',
  legalName: 'Legal name, for consent texts',
  rules: 'Rule',
  caps: 'Caps',
  hours: 'Hours',
  open: 'Opening times',
  outside: 'Outside of these hours',
  endpoint: 'Endpoint',
  testEndpoint: 'Endpoint for test leads',
  url: 'URL',
  to: 'To',
  fallbackTo: 'Mailbox that stands in',
  preset: 'How answers are read',
  responses: 'Rules for answers',
  request: 'Shape of the request',
  secret: 'Webhook secret',
  headerSecrets: 'Secrets for headers',
  shareWith: 'Shared with at most',
  exclusiveMultiplier: 'Times the price when alone',
  fallback: 'Only what nobody else takes',
  onReached: 'When it is reached',
  origins: 'Pages that may use its key',
  maxSales: 'Schools per lead, at most',
  abuse: 'What looks like a program',
  rateLimitPerMinute: 'Requests per minute, at most',
  requireCertificate: 'Needs a TrustedForm certificate',
  formToken: 'Form token',
  turnstile: 'Checks with Turnstile',
  turnstileSecret: 'Secret of its Turnstile widget',
  soc: 'SOC codes',
  asOf: 'As of (UTC)',
  expiresAt: 'Stale from (UTC)',
  deliveries: 'Pace',
  windowDays: 'Days that it looks back',
  atOnce: 'Attempts at once',
  perMinute: 'Attempts per minute',
  rank: 'Place in listings',
  slug: 'Career',
}

/** What a choice is called where its word in the API would not do; a word of several meanings, by its field. */
const choices: { [word: string]: string } = {
  ...educationLabels,
  ...startWindowLabels,
  ...modalityLabels,
  ...levelLabels,
  deliver: 'deliver anyway',
  park: 'park: offer it again later',
  skip: 'skip: pass it over',
  cents: 'dollars',
  'round-robin': 'in turn',
  'sharing.hybrid': 'shared, or alone at a higher price',
}

export function getFieldLabel(name: string): string {
  if (labels[name] !== undefined) return labels[name]
  const spaced = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
  return `${spaced.charAt(0).toUpperCase()}${spaced.slice(1)}`
}

/** @param field where the word is chosen */
export function getChoiceLabel(word: string, field = ''): string {
  return choices[`${field}.${word}`] ?? choices[word] ?? word.replaceAll('-', ' ')
}

/** A description of the contract, as one sentence in a page. */
export function toHelpText(description: string | undefined): string | undefined {
  return description?.replaceAll('`', '')
}
