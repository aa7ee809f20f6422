import { allowedPriorStates, type DeliveryState } from '#shared/domain/delivery/delivery.ts'

/** What a state means, to whoever reads it for the first time. */
export const stateDescriptions: { readonly [state in DeliveryState]: string } = {
  pending: 'It waits for its next attempt.',
  leased: 'An attempt is under way.',
  delivered: 'The school has taken it.',
  rejected:
    'The school has answered that it does not want it. The lead is offered to the next school that may have it.',
  parked: 'It waits for the school: for its hours, or for an endpoint that is closed to be mended.',
  dead: 'All attempts are used up, or it may not be sent any more. Nothing happens until somebody sends it again.',
  erased: 'The person was forgotten, here too.',
}

export function isReplayable(state: DeliveryState): boolean {
  return allowedPriorStates.pending.some((from) => from === state)
}

/** How far an attempt came. */
export const stageLabels: { readonly [stage: string]: string } = {
  refused: 'It was not sent',
  resolve: 'The name of the school’s server could not be found',
  connect: 'No connection came about',
  tls: 'The connection could not be made secure',
  send: 'It broke off while it was being sent',
  receive: 'It was sent, and no proper answer came',
  deadline: 'It was sent, and no answer came in time',
  answered: 'The school answered',
  sent: 'The mail was handed over',
}
