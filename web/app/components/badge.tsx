import { statusLabels, type Tone } from '../text/status-labels.ts'

type StatusKind = keyof typeof statusLabels
type BadgeProps = {
  [kind in StatusKind]: { kind: kind; status: keyof (typeof statusLabels)[kind] }
}[StatusKind]

/** The label of a status code, with its color. */
export function Badge({ kind, status }: BadgeProps) {
  const labels: { readonly [status: string]: { label: string; tone: Tone } } = statusLabels[kind]
  const { label, tone } = labels[status] ?? { label: status, tone: 'plain' }
  return <span class={`badge ${tone}`}>{label}</span>
}
