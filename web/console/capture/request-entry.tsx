import type { ComponentChildren } from 'preact'
import { DetailList, TimelineEntry } from '../../app/components/timeline-entry.tsx'
import { Link } from '../../app/router.tsx'
import { educationLabels, modalityLabels, startWindowLabels } from '../../words/choices.ts'
import type { Timeline } from './lead.tsx'

/** Who asked for what, and from where. */
export function RequestEntry({ timeline, children }: { timeline: Timeline; children: ComponentChildren }) {
  const { receivedAt, contact, state, careerSlug, programId, sourceId, page, education, startWindow, modality } =
    timeline
  const { age, military, gpa, answers = {}, subIds = {}, utm = {} } = timeline
  return (
    <TimelineEntry title="A visitor asked for information" at={receivedAt}>
      <DetailList
        items={[
          ['Name', contact && `${contact.firstName} ${contact.lastName}`],
          ['E-mail', contact?.email],
          ['Phone', contact?.phone],
          ['Lives in', [state, contact?.zip].join(' ')],
          ['Education', education && educationLabels[education.highestLevel]],
          ['Wants to start', startWindow && startWindowLabels[startWindow]],
          ['Wants to learn', modality && modalityLabels[modality]],
          ['Age', age?.toString()],
          ['Military', military === undefined ? undefined : military ? 'yes' : 'no'],
          ['Grade point average', gpa?.toString()],
          ...Object.entries(answers).map(([name, answer]) => [`Answer to ${name}`, String(answer)] as const),
          ['Career', careerSlug],
          ['Program', programId],
          [
            'Source',
            <Link key="source" to={`/sources/${sourceId}`}>
              {sourceId}
            </Link>,
          ],
          ['Page', page?.url],
          ['Came from', page?.referrer],
          ...toLabeledItems('Label', subIds),
          ...toLabeledItems('UTM', utm),
        ]}
      />
      {children}
    </TimelineEntry>
  )
}

function toLabeledItems(term: string, labels: { [name: string]: string }) {
  return Object.entries(labels).map(([name, value]) => [`${term} ${name}`, value] as const)
}
