import '../story.css'
import type { ComponentChildren } from 'preact'
import { Instant } from './words.tsx'

type Props = { title: ComponentChildren; at?: string | undefined; children: ComponentChildren }

/** One thing that happened to a lead. */
export function Moment({ title, at, children }: Props) {
  return (
    <li>
      <div class="head">
        <h2>{title}</h2>
        {at && (
          <span class="help">
            <Instant at={at} />
          </span>
        )}
      </div>
      {children}
    </li>
  )
}

/** What is known, as terms and what they are; what is not known is left out. */
export function Facts({ of: facts }: { of: readonly (readonly [term: string, told: ComponentChildren])[] }) {
  return (
    <dl class="told">
      {facts
        .filter(([, told]) => told !== undefined && told !== '' && told !== false)
        .flatMap(([term, told]) => [<dt key={term}>{term}</dt>, <dd key={`${term} told`}>{told}</dd>])}
    </dl>
  )
}
