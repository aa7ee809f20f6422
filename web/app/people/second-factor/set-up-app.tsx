import { useState } from 'preact/hooks'
import { confirmSecondFactor, startSecondFactor } from '#shared/contract/access/second-factor.ts'
import { Action } from '../../action.tsx'
import type { BrowserClient } from '../../browser-client.tsx'
import { Note } from '../../components/note.tsx'
import { Secret } from '../../components/secret.tsx'
import { secondFactorText as text } from '../../text/people-text.ts'
import { CodeForm } from './code-form.tsx'
import { QrCode } from './qr-code.tsx'

type Props = {
  call: BrowserClient
  /** An app is set up already: its code is asked for first. */
  isReplacement: boolean
  onDone: () => void
}

/** Sets up an authenticator app: a QR code, a code of the app, and recovery codes. */
export function SetUpApp({ call, isReplacement, onDone }: Props) {
  const [setup, setSetup] = useState<{ secret: string; uri: string }>()
  const [recoveryCodes, setRecoveryCodes] = useState<string[]>()
  const start = async (code?: string) => {
    const outcome = await call(startSecondFactor, { body: { ...(code !== undefined && { code }) } })
    if (outcome.body) setSetup(outcome.body)
    return outcome
  }
  if (recoveryCodes) return <RecoveryCodes codes={recoveryCodes} onDone={onDone} />
  if (setup)
    return (
      <>
        <section class="card" aria-labelledby="scan">
          <h2 id="scan">{text.scanTitle}</h2>
          <p>{text.scanHelp}</p>
          <QrCode text={setup.uri} label={text.qrLabel} />
          <p>
            {text.typeInstead} <code class="id">{(setup.secret.match(/.{1,4}/g) ?? []).join(' ')}</code>
          </p>
        </section>
        <CodeForm
          label={text.firstCode}
          help={text.firstCodeHelp}
          submitLabel={text.turnOn}
          takesRecoveryCodes={false}
          send={async (code) => {
            const outcome = await call(confirmSecondFactor, { body: { code } })
            if (outcome.body) setRecoveryCodes(outcome.body.recoveryCodes)
            return outcome
          }}
        />
      </>
    )
  if (isReplacement)
    return (
      <CodeForm
        label={text.code}
        help={text.replaceHelp}
        submitLabel={text.replace}
        takesRecoveryCodes
        send={(code) => start(code)}
      />
    )
  return (
    <div class="actions">
      <Action run={() => start()}>{text.setUp}</Action>
    </div>
  )
}

function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  return (
    <section class="card" aria-labelledby="recovery">
      <h2 id="recovery">{text.recoveryTitle}</h2>
      <Note kind="good">{text.isOn}</Note>
      <p>{text.recoveryHelp}</p>
      <Secret value={codes.join('\n')}>{text.keepCodes}</Secret>
      <div class="actions">
        <button type="button" class="button" onClick={onDone}>
          {text.saved}
        </button>
      </div>
    </section>
  )
}
