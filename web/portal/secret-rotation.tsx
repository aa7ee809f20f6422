import { useState } from 'preact/hooks'
import { rotateSecret } from '#shared/contract/secret-rotation.ts'
import { Action } from '../app/action.tsx'
import { useApi } from '../app/api.tsx'
import { Secret } from '../app/secret.tsx'
import { Instant } from '../app/words.tsx'

/** A new webhook secret, with time to change over. */
export function SecretRotation({ campaignId }: { campaignId: string }) {
  const { call } = useApi()
  const [rotated, setRotated] = useState<{ secret: string; previousEndsAt: string }>()
  const rotate = async () => {
    const told = await call(rotateSecret, { body: { campaignId } })
    if (told.body) setRotated(told.body)
    return told
  }
  return (
    <section class="card">
      <h2>Webhook secret</h2>
      <p>Each webhook is signed with it, so that you know that it is from us.</p>
      {rotated && (
        <Secret value={rotated.secret}>
          Put it into your system now. The one before it signs as well until <Instant at={rotated.previousEndsAt} />.
        </Secret>
      )}
      <Action
        kind="second"
        run={rotate}
        sure={{
          title: 'Make a new secret?',
          text: <p>From now on each webhook is signed with it too. The old one signs for a day more.</p>,
          yes: 'Make it',
        }}
      >
        New secret …
      </Action>
    </section>
  )
}
