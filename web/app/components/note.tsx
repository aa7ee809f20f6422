import type { ComponentChildren } from 'preact'
import type { ApiData } from '../browser-client.tsx'
import { appText } from '../text/app-text.ts'
import { type ApiProblem, describeProblem } from '../text/problem-text.ts'

type Kind = 'good' | 'bad' | 'plain'

/** A message. Screen readers announce an error at once and other messages at the next pause. */
export function Note({ kind = 'plain', children }: { kind?: Kind; children: ComponentChildren }) {
  return (
    <div class={`note ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  )
}

/** Says what is wrong after a failed call, and offers to repeat the call if it can be repeated. */
export function ProblemNote({ problem, retry }: { problem: ApiProblem; retry?: () => void }) {
  return (
    <Note kind="bad">
      {describeProblem(problem)}{' '}
      {retry && (
        <button type="button" class="plain" onClick={retry}>
          {appText.tryAgain}
        </button>
      )}
    </Note>
  )
}

export function Loading() {
  return <p role="status">{appText.loading}</p>
}

type Props<Body> = {
  data: ApiData<Body>
  reload: () => void
  /** What this page says if the record does not exist. */
  notFoundMessage?: string
  children: (body: Body) => ComponentChildren
}

/** Shows the body of a response, or that it is loading, or why loading failed. */
export function LoadBoundary<Body>({ data, reload, notFoundMessage, children }: Props<Body>) {
  if (data.state === 'loading') return <Loading />
  if (data.state === 'ready') return <>{children(data.body)}</>
  const { problem } = data
  return (
    <ProblemNote
      problem={problem.code === 'NOT_FOUND' && notFoundMessage ? { ...problem, message: notFoundMessage } : problem}
      retry={reload}
    />
  )
}
