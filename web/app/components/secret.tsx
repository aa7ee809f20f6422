import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Note } from './note.tsx'

/** What is shown this once, and how to take it along. */
export function Secret({ value, children }: { value: string; children: ComponentChildren }) {
  const [isCopied, setCopied] = useState(false)
  // Where the browser does not let pages copy, it can still be marked and copied by hand.
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => undefined,
    )
  return (
    <Note kind="good">
      <p>It is shown this once. {children}</p>
      <p>
        <code class="id">{value}</code>
      </p>
      <button type="button" class="plain" onClick={() => void copy()}>
        {isCopied ? 'Copied' : 'Copy'}
      </button>
    </Note>
  )
}
