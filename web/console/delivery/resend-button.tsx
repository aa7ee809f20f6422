import { replayDelivery } from '#shared/contract/delivery/replays.ts'
import type { Delivery } from '#shared/domain/delivery/delivery.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'

type Props = { delivery: Pick<Delivery, 'deliveryId' | 'schoolName'>; onDone: () => void }

/** Sends one delivery once more, after asking. */
export function ResendButton({ delivery: { deliveryId, schoolName }, onDone }: Props) {
  const { call } = useApi()
  return (
    <Action
      kind="second"
      run={() => call(replayDelivery, { params: { deliveryId } })}
      onDone={onDone}
      confirmation={{
        title: `Send this to ${schoolName} once more?`,
        text: 'It gets the same bytes with the same webhook-id, so that it can tell the repeat from a new lead.',
        confirmLabel: 'Send it again',
      }}
      successMessage={`It is on its way to ${schoolName}.`}
    >
      Send again
    </Action>
  )
}
