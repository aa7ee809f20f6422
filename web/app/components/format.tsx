import type { DeliveryState } from '#shared/domain/delivery/delivery.ts'

type Tone = 'good' | 'slow' | 'bad'

const tones: { [text: string]: Tone } = {
  delivered: 'good',
  accepted: 'good',
  active: 'good',
  selected: 'good',
  done: 'good',
  running: 'slow',
  leased: 'slow',
  pending: 'slow',
  parked: 'slow',
  unmatched: 'slow',
  paused: 'slow',
  held: 'slow',
  requested: 'slow',
  rejected: 'bad',
  refused: 'bad',
  retry: 'slow',
  dead: 'bad',
} satisfies { [state in DeliveryState]?: Tone } & { [text: string]: Tone }

/** A state or an outcome, in the design's own word. */
export function Badge({ text }: { text: string }) {
  return <span class={`badge ${tones[text] ?? ''}`}>{text}</span>
}

const dateTimeFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** An instant, where whoever reads it is; its UTC form on hovering. */
export function Instant({ at }: { at: string | undefined }) {
  if (!at) return <>–</>
  return (
    <time dateTime={at} title={at}>
      {dateTimeFormat.format(new Date(at))}
    </time>
  )
}

export function formatMoney(cents: number): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(cents / 100)
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat('en-US').format(value)
}

/** How long, as people say it. @param ms milliseconds */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`
  return `${(ms / 3_600_000).toFixed(1)} h`
}
