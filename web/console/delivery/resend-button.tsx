import { replayDelivery } from '#shared/contract/delivery/replays.ts'
import type { Delivery } from '#shared/domain/delivery/delivery.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Allowed } from '../../app/people/allowed.tsx'
import { resendText } from '../text/delivery-text.ts'

type Props = { delivery: Pick<Delivery, 'deliveryId' | 'schoolName'>; onDone: () => void }

/** Resends one delivery after a confirmation. */
export function ResendButton({ delivery: { deliveryId, schoolName }, onDone }: Props) {
  const { call } = useApi()
  return (
    <Allowed to={replayDelivery}>
      <Action
        kind="second"
        run={() => call(replayDelivery, { params: { deliveryId } })}
        onDone={onDone}
        confirmation={{
          title: resendText.title(schoolName),
          text: resendText.help,
          confirmLabel: resendText.confirm,
        }}
        successMessage={resendText.done(schoolName)}
      >
        {resendText.resend}
      </Action>
    </Allowed>
  )
}
