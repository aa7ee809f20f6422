import type { ComponentChildren } from 'preact'
import type { Loaded } from '../api.tsx'

type Kind = 'good' | 'bad' | 'plain'

/** Something to be said: what went wrong is said at once, all else when there is a pause. */
export function Note({ kind = 'plain', children }: { kind?: Kind; children: ComponentChildren }) {
  return (
    <div class={`note ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  )
}

type Props<Body> = { of: Loaded<Body>; again: () => void; children: (body: Body) => ComponentChildren }

/** What was asked for, or that it is on its way, or why it did not come and how to ask again. */
export function Ready<Body>({ of: loaded, again, children }: Props<Body>) {
  if (loaded.state === 'loading') return <p role="status">Loading …</p>
  if (loaded.state === 'failed')
    return (
      <Note kind="bad">
        <p>
          <strong>{loaded.problem.title}.</strong> {loaded.problem.detail}
        </p>
        <button type="button" class="plain" onClick={again}>
          Try again
        </button>
      </Note>
    )
  return <>{children(loaded.body)}</>
}
