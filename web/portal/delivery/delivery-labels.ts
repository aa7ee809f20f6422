import type { DeliveryState } from '#shared/domain/delivery/delivery.ts'

/** What a state means to the school. */
export const deliveryLabels: { readonly [state in DeliveryState]: { short: string; long: string } } = {
  pending: { short: 'on its way', long: 'It is on its way, and waits for its next attempt.' },
  leased: { short: 'being sent', long: 'It is being sent at this moment.' },
  delivered: { short: 'arrived', long: 'It has arrived.' },
  rejected: {
    short: 'you did not want it',
    long: 'Your system answered that it does not want it, so it was offered to others. It cannot be sent again.',
  },
  parked: {
    short: 'waits for you',
    long: 'It waits for you: until you open, or until your system answers again. Then it is sent by itself.',
  },
  dead: {
    short: 'did not arrive',
    long: 'It did not arrive, and nothing more is tried by itself. Once your system is mended, send it again.',
  },
  erased: { short: 'forgotten', long: 'The person asked to be forgotten.' },
}
