import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { AppSession, IncomingSession } from './app-session.ts'
import { Loading, Note } from './components/note.tsx'
import { appText } from './text/app-text.ts'

type Props = {
  title: string
  keyRejectedMessage: string
  appSession: AppSession
  currentKey: string
  incoming: IncomingSession
  onSwitch: (key: string) => void
  onStay: () => void
  /** The current session has ended, so there is nothing to ask. */
  onCurrentEnded: () => void
}
type Names = { current: string; next: string | undefined; isNextValid: boolean }

/** Asks before a link that is opened in this tab replaces the session of the tab. */
export function SwitchSession({ title, keyRejectedMessage, appSession, currentKey, incoming, ...handlers }: Props) {
  const { onSwitch, onStay, onCurrentEnded } = handlers
  const [names, setNames] = useState<Names>()
  const [isSwitching, setSwitching] = useState(false)
  const [errorMessage, setErrorMessage] = useState<string>()
  useEffect(() => {
    let isMounted = true
    void readNames(appSession, currentKey, incoming).then((result) => {
      if (!isMounted) return
      if (result === 'current-ended') onCurrentEnded()
      else setNames(result)
    })
    return () => {
      isMounted = false
    }
  }, [])
  const switchSession = () => {
    if (isSwitching) return
    setSwitching(true)
    appSession
      .redeem(incoming)
      .then(async (key) => {
        await appSession.end(currentKey)
        onSwitch(key)
      })
      .catch((error: Error) => setErrorMessage(error.message))
  }
  if (!names)
    return (
      <Card title={title}>
        <Loading />
      </Card>
    )
  const { current, next } = names
  const fault = errorMessage ?? (names.isNextValid ? undefined : keyRejectedMessage)
  return (
    <Card title={title}>
      {fault !== undefined && (
        <Note kind="bad">
          <p>{fault}</p>
        </Note>
      )}
      <p>
        {appText.signedInAs(current)} {fault === undefined && appText.askToSwitch(next)}
      </p>
      <div class="actions">
        {fault === undefined && (
          <button type="button" class="button" aria-disabled={isSwitching} onClick={switchSession}>
            {appText.switchSession(next)}
          </button>
        )}
        <button type="button" class="plain" onClick={onStay}>
          {appText.staySignedIn(current)}
        </button>
      </div>
    </Card>
  )
}

async function readNames(
  appSession: AppSession,
  currentKey: string,
  incoming: IncomingSession,
): Promise<Names | 'current-ended'> {
  const current = await appSession.describe(currentKey)
  if (current.isRejected) return 'current-ended'
  const next =
    incoming.kind === 'key'
      ? await appSession.describe(incoming.key)
      : { name: appSession.describeLink(incoming.token), isRejected: false }
  return { current: current.name ?? appText.anotherSession, next: next.name, isNextValid: !next.isRejected }
}

function Card({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <main class="sign-in">
      <h1>{title}</h1>
      <div class="card">{children}</div>
    </main>
  )
}
