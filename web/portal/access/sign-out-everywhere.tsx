import { endOwnSessions } from '#shared/contract/access/sessions.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Allowed } from '../../app/people/allowed.tsx'
import { signOutText } from '../text/general.ts'

/** Ends every portal session of the school, including the one that this page uses. */
export function SignOutEverywhere() {
  const { call, signOut } = useApi()
  return (
    <section class="card" aria-labelledby="signed-in-devices">
      <h2 id="signed-in-devices">{signOutText.title}</h2>
      <p class="help">{signOutText.help}</p>
      <div class="actions">
        <Allowed to={endOwnSessions}>
          <Action
            kind="danger"
            run={() => call(endOwnSessions, {})}
            onDone={signOut}
            confirmation={{
              title: signOutText.question,
              text: signOutText.consequence,
              confirmLabel: signOutText.button,
            }}
          >
            {signOutText.button}
          </Action>
        </Allowed>
      </div>
    </section>
  )
}
