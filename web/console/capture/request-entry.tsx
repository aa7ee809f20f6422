import type { ComponentChildren } from 'preact'
import { readForm } from '#shared/contract/catalog/programs.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { DetailList, TimelineEntry } from '../../app/components/timeline.tsx'
import { formatAnswer, getQuestionLabel } from '../../app/format-answer.ts'
import { Link } from '../../app/router.tsx'
import { educationLabels, modalityLabels, startWindowLabels } from '../../words/choices.ts'
import { formatName, type Names, useSelectedNames } from '../catalog/names.tsx'
import { leadText } from '../text/capture-text.ts'
import type { Timeline } from './timeline.ts'

type Props = { timeline: Timeline; programs: Names; children: ComponentChildren }

/** The request of the visitor. */
export function RequestEntry({ timeline, programs, children }: Props) {
  const { receivedAt, contact, state, careerSlug, programId, sourceId, page, education, startWindow, modality } =
    timeline
  const { age, military, gpa, globalPrivacyControl, answers = {}, subIds = {}, utm = {}, notes } = timeline
  const careers = useSelectedNames('careers', [careerSlug])
  const sources = useSelectedNames('sources', [sourceId])
  // A lead of several programs has the questions of all of them; those of the others are named by their ID.
  const [form] = useApiData(readForm, {
    params: { programId: programId ?? timeline.deliveries[0]?.programId ?? 'none' },
  })
  const questions = typeof form.body === 'object' ? form.body.questions : []
  return (
    <TimelineEntry title={leadText.request} at={receivedAt}>
      <DetailList
        items={[
          [leadText.name, contact && `${contact.firstName} ${contact.lastName}`],
          [leadText.email, contact?.email],
          [leadText.phone, contact?.phone],
          [leadText.location, [state, contact?.zip].join(' ')],
          [leadText.education, education && educationLabels[education.highestLevel]],
          [leadText.startDate, startWindow && startWindowLabels[startWindow]],
          [leadText.modality, modality && modalityLabels[modality]],
          [leadText.age, age?.toString()],
          [leadText.military, military === undefined ? undefined : military ? leadText.yes : leadText.no],
          [leadText.gpa, gpa?.toString()],
          [leadText.privacy, globalPrivacyControl && leadText.privacyOptOut],
          ...Object.entries(answers).map(
            ([id, answer]) => [getQuestionLabel(id, questions), formatAnswer(id, answer, questions)] as const,
          ),
          [leadText.career, formatName(careers, careerSlug)],
          [leadText.program, programId && formatName(programs, programId)],
          [
            leadText.source,
            <Link key="source" to={`/sources/${sourceId}`}>
              {formatName(sources, sourceId)}
            </Link>,
          ],
          [leadText.page, page?.url],
          [leadText.referrer, page?.referrer],
          ...Object.entries(subIds).map(([name, value]) => [leadText.subId(name), value] as const),
          ...Object.entries(utm).map(([name, value]) => [leadText.utm(name), value] as const),
          [leadText.notes, notes?.map(({ field, change }) => `${field} ${leadText.noteChanges[change]}`).join(', ')],
        ]}
      />
      {children}
    </TimelineEntry>
  )
}
