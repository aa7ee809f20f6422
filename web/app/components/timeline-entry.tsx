import '../story.css'
import type { ComponentChildren } from 'preact'
import { Instant } from './format.tsx'

type Props = { title: ComponentChildren; at?: string | undefined; children: ComponentChildren }

/** One thing that happened to a lead. */
export function TimelineEntry({ title, at, children }: Props) {
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
export function DetailList({ items }: { items: readonly (readonly [term: string, told: ComponentChildren])[] }) {
  return (
    <dl class="told">
      {items
        .filter(([, value]) => value !== undefined && value !== '' && value !== false)
        .flatMap(([term, value]) => [<dt key={term}>{term}</dt>, <dd key={`${term} told`}>{value}</dd>])}
    </dl>
  )
}
