import '../timeline.css'
import type { Disposition } from '#shared/domain/aftercare/disposition.ts'
import { appText } from '../text/app-text.ts'
import { dispositionLabels } from '../text/lead-labels.ts'
import { Instant } from './instant.tsx'

/** The statuses that a school recorded for a lead, oldest first. */
export function DispositionList({ dispositions, label }: { dispositions: readonly Disposition[]; label: string }) {
  return (
    <ol class="attempts" aria-label={label}>
      {dispositions.map(({ dispositionId, disposition, at, note, recordedBy, byStaff }) => (
        <li key={dispositionId}>
          <div class="head">
            <span>
              <strong>{dispositionLabels[disposition].label}</strong>: {dispositionLabels[disposition].meaning}
            </span>
            <span class="help">
              <Instant at={at} />
              {byStaff && ` ${appText.by(appText.staff)}`}
              {recordedBy && ` ${appText.by(recordedBy.name)}`}
            </span>
          </div>
          {note && <p>{appText.quote(note)}</p>}
        </li>
      ))}
    </ol>
  )
}
