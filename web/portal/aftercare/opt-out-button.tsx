import { recordDisposition } from '#shared/contract/aftercare/dispositions.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Allowed } from '../../app/people/allowed.tsx'
import { optOutText } from '../text/opt-outs.ts'

type Props = { deliveryId: string; name: string; onDone: () => void }

/** Records that the person of a lead asked the school to stop, after a question that names the person. */
export function OptOutButton({ deliveryId, name, onDone }: Props) {
  const { call } = useApi()
  return (
    <Allowed to={recordDisposition}>
      <Action
        kind="danger"
        run={() => call(recordDisposition, { params: { deliveryId }, body: { disposition: 'opted-out' } })}
        onDone={onDone}
        confirmation={{
          title: optOutText.title(name),
          text: optOutText.help(name),
          confirmLabel: optOutText.confirm,
        }}
      >
        {optOutText.button}
      </Action>
    </Allowed>
  )
}
