import type { ComponentChildren } from 'preact'
import type { ApiData } from '../browser-client.tsx'

type Kind = 'good' | 'bad' | 'plain'

/** Something to be said: what went wrong is said at once, all else when there is a pause. */
export function Note({ kind = 'plain', children }: { kind?: Kind; children: ComponentChildren }) {
  return (
    <div class={`note ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  )
}

type Props<Body> = { data: ApiData<Body>; reload: () => void; children: (body: Body) => ComponentChildren }

/** What was asked for, or that it is on its way, or why it did not come and how to ask again. */
export function LoadBoundary<Body>({ data, reload, children }: Props<Body>) {
  if (data.state === 'loading') return <p role="status">Loading …</p>
  if (data.state === 'failed')
    return (
      <Note kind="bad">
        <p>
          <strong>{data.problem.title}.</strong> {data.problem.detail}
        </p>
        <button type="button" class="plain" onClick={reload}>
          Try again
        </button>
      </Note>
    )
  return <>{children(data.body)}</>
}
