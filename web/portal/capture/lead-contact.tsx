import { readForm } from '#shared/contract/catalog/programs.ts'
import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import { formatCode } from '#shared/domain/fields/format-code.ts'
import { formatLocalSpan } from '#shared/domain/routing/calling/format-local-span.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { DetailList } from '../../app/components/timeline.tsx'
import { formatAnswer, getQuestionLabel } from '../../app/format-answer.ts'
import { educationLabels, levelLabels, modalityLabels, startWindowLabels } from '../../words/choices.ts'
import { leadText } from '../text/leads.ts'
import type { DeliveryLog } from './delivery-log.ts'
import { formatPhone } from './format-phone.ts'

type Props = { event: LeadCreated } & Pick<DeliveryLog, 'createdAt' | 'contactWindow'>

/** How to contact the person, and what they asked for. */
export function LeadContact({ event, createdAt, contactWindow }: Props) {
  const { contact, program, education, startWindow, answers, source, timeZone } = event.data
  const { modality, age, military, gpa, careerSlug, page, subIds = {}, utm = {} } = event.data
  const [form] = useApiData(readForm, { params: { programId: program.id } })
  const questions = typeof form.body === 'object' ? form.body.questions : []
  return (
    <section class="card" aria-labelledby="contact">
      <h2 id="contact">{leadText.contact}</h2>
      <p class="contact-links">
        <a href={`tel:${contact.phone}`}>{formatPhone(contact.phone)}</a>
        <a href={`mailto:${contact.email}`}>{contact.email}</a>
      </p>
      <DetailList
        items={[
          [leadText.program, program.name],
          [leadText.type, `${levelLabels[program.level]}, ${modalityLabels[program.modality].toLowerCase()}`],
          [leadText.startDate, startWindow && startWindowLabels[startWindow]],
          [leadText.education, educationLabels[education.highestLevel]],
          [leadText.modality, modality && modalityLabels[modality]],
          [leadText.age, age],
          [leadText.military, formatBoolean(military)],
          [leadText.gpa, gpa],
          [leadText.location, `${contact.state} ${contact.zip}`],
          [
            leadText.callsAllowed,
            timeZone &&
              contactWindow &&
              leadText.callHours(formatLocalSpan(contactWindow, timeZone), contactWindow.rule),
          ],
          ...Object.entries(answers).map(
            ([id, answer]) => [getQuestionLabel(id, questions), formatAnswer(id, answer, questions)] as const,
          ),
          [leadText.received, <Instant key="received" at={createdAt} />],
          [leadText.source, source.name],
          [leadText.privacy, event.data.globalPrivacyControl && leadText.privacyOptOut],
          [leadText.career, careerSlug && formatCode(careerSlug)],
          [leadText.page, page?.url],
          [leadText.referrer, page?.referrer],
          ...Object.entries(subIds).map(([name, value]) => [leadText.subId(name), value] as const),
          ...Object.entries(utm).map(([name, value]) => [leadText.utm(name), value] as const),
        ]}
      />
    </section>
  )
}

function formatBoolean(value: boolean): string
function formatBoolean(value: boolean | undefined): string | undefined
function formatBoolean(value: boolean | undefined): string | undefined {
  if (value === undefined) return undefined
  return value ? leadText.yes : leadText.no
}
