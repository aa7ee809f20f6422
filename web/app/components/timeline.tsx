import '../timeline.css'
import type { ComponentChildren } from 'preact'
import { Instant } from './instant.tsx'

type Props = { title: ComponentChildren; at?: string | undefined; children: ComponentChildren }

/** One event in the history of a lead. */
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

type Detail = readonly [term: string, value: ComponentChildren]

/** Terms with their values. Items without a value are left out. */
export function DetailList({ items }: { items: readonly Detail[] }) {
  return (
    <dl class="details">
      {items
        .filter(([, value]) => value !== undefined && value !== '' && value !== false)
        .flatMap(([term, value]) => [<dt key={term}>{term}</dt>, <dd key={`${term} value`}>{value}</dd>])}
    </dl>
  )
}
