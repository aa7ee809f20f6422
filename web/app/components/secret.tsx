import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { appText } from '../text/app-text.ts'
import { Note } from './note.tsx'

/** A key or secret that is shown only once, with a button to copy it. */
export function Secret({ value, children }: { value: string; children: ComponentChildren }) {
  const [isCopied, setCopied] = useState(false)
  // Some browsers forbid copying by script; the text can still be selected and copied by hand.
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => undefined,
    )
  return (
    <Note kind="good">
      <p>
        {appText.copySecret} {children}
      </p>
      <p>
        <code class="id">{value}</code>
      </p>
      <button type="button" class="plain" onClick={() => void copy()}>
        {isCopied ? appText.copied : appText.copy}
      </button>
    </Note>
  )
}
