import { allowedPriorStates, type DeliveryState } from '#shared/domain/delivery/delivery.ts'

export function canResend(state: DeliveryState): boolean {
  return allowedPriorStates.pending.some((priorState) => priorState === state)
}
