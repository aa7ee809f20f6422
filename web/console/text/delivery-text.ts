import type { DeliveryState } from '#shared/domain/delivery/delivery.ts'

export const deliveryText = {
  title: 'Deliveries',
  region: 'Deliveries',
  replays: 'Replay history',
  status: 'Status',
  school: 'School',
  createdOn: 'Created on',
  theSystem: 'the school’s system',
  states: {
    pending: 'Waiting for the next attempt.',
    leased: 'An attempt is in progress.',
    delivered: 'The school accepted the lead.',
    rejected: 'The school rejected the lead. It is offered to the next matching school.',
    parked: 'Waiting for business hours or for a disabled endpoint.',
    dead: 'All attempts failed, or the lead may no longer be sent. It stays failed until someone resends it.',
    erased: 'The person’s data was deleted.',
  } satisfies { [state in DeliveryState]: string },
  caption: (status: string) => `Deliveries: ${status}`,
  empty: (status: string) => `No deliveries with status “${status}”.`,
  noMatch: (status: string) => `No deliveries with status “${status}” match these filters.`,
  columns: {
    created: 'Created',
    school: 'School',
    campaign: 'Campaign',
    status: 'Status',
    attempts: 'Attempts',
    nextAttempt: 'Next attempt',
    resend: 'Resend',
  },
} as const

export const testLeadText = {
  title: 'Test lead',
  help:
    'Sends a lead of a fictional person, marked as a test, to the campaign’s test endpoint or else its endpoint. It is ' +
    'free, counts toward no cap, and works while the campaign is paused.',
  send: 'Send test lead',
  sendAnother: 'Send another test lead',
  view: 'Show the lead',
} as const

export const resendText = {
  resend: 'Resend',
  title: (school: string) => `Resend to ${school}?`,
  help: 'The school gets the same content with the same webhook-id, so it can recognize the repeat.',
  confirm: 'Resend lead',
  done: (school: string) => `Queued for ${school}.`,
} as const

export const replayText = {
  heading: 'Replay all matches',
  help: (description: string) => `${description}. Count them first; counting sends nothing.`,
  count: 'Count',
  replay: (count: string) => `Replay ${count} deliveries`,
  confirmTitle: (count: string) => `Replay ${count} deliveries?`,
  confirmHelp: (description: string) =>
    `${description}, including any that match by the time it runs. Each school gets the same content with the same ` +
    'webhook-id. A replay can’t be stopped.',
  confirm: 'Start replay',
  noMatch: (checked: string) => `None of ${checked} deliveries match. There is nothing to replay.`,
  matchCount: (checked: string) => ` of ${checked} deliveries match.`,
  byStatus: 'By status',
  bySchool: 'By school',
  title: 'Replay',
  all: 'All replays',
  region: 'Progress',
  inProgress: 'Replay in progress',
  inProgressHelp: 'The replay continues every minute. You can leave this page.',
  started: 'Started',
  ended: 'Ended',
  matched: 'Matched so far',
  resent: 'Resent',
  skipped: 'Skipped',
  skippedHelp: (count: string) => `${count}: changed or resent in the meantime`,
  capReached: 'Cap reached',
  capReachedHelp: (count: string) => `${count}: the cap was used by other leads`,
} as const

export const replaysText = {
  title: 'Replays',
  deliveries: 'Replay deliveries',
  caption: 'Replays in the last 90 days, newest first',
  empty: 'No replays in the last 90 days. To start one, filter deliveries that are on hold or failed.',
  columns: {
    started: 'Started',
    filter: 'Deliveries',
    status: 'Status',
    matched: 'Matched',
    resent: 'Resent',
    skipped: 'Skipped',
  },
  filter: (statuses: string) => `Deliveries with status ${statuses}`,
  ofAllSchools: 'for all schools',
  ofSchool: (school: string) => `for ${school}`,
  inCampaign: (campaign: string) => `in campaign ${campaign}`,
  from: (instant: string) => `from ${instant}`,
  before: (instant: string) => `before ${instant}`,
} as const

export const secretText = {
  title: 'Webhook secret',
  giveToSchool: 'Send it to the school now.',
  previousExpires: 'The previous secret expires',
  rotate: 'Rotate secret',
  confirmTitle: 'Rotate the webhook secret?',
  confirmHelp: 'Webhooks are signed with both secrets for one day. Then the old secret expires.',
  confirm: 'Rotate',
} as const

export const previewText = {
  title: 'Request preview',
  show: 'Preview request',
  fault: (field: string) => `Check the endpoint: ${field}`,
} as const
