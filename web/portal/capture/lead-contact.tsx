import { readForm } from '#shared/contract/catalog/programs.ts'
import type { Question } from '#shared/domain/catalog/question.ts'
import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { Instant } from '../../app/components/format.tsx'
import { DetailList } from '../../app/components/timeline-entry.tsx'
import { educationLabels, levelLabels, modalityLabels, startWindowLabels } from '../../words/choices.ts'

type AnswerValue = LeadCreated['data']['answers'][string]

/** Whom to call, and what they asked for. */
export function LeadContact({ event, createdAt }: { event: LeadCreated; createdAt: string }) {
  const { contact, program, education, startWindow, answers, source } = event.data
  const [form] = useApiData(readForm, { params: { programId: program.id } })
  const questions = typeof form.body === 'object' ? form.body.questions : []
  return (
    <section class="card" aria-labelledby="contact">
      <h2 id="contact">Contact</h2>
      <p class="reach">
        <a href={`tel:${contact.phone}`}>{formatPhone(contact.phone)}</a>
        <a href={`mailto:${contact.email}`}>{contact.email}</a>
      </p>
      <DetailList
        items={[
          ['Asked for', program.name],
          ['Kind', `${levelLabels[program.level]}, ${modalityLabels[program.modality].toLowerCase()}`],
          ['Wants to start', startWindow && startWindowLabels[startWindow]],
          ['Education', educationLabels[education.highestLevel]],
          ['Lives in', `${contact.state} ${contact.zip}`],
          ...Object.entries(answers).map(
            ([id, answer]) => [getQuestionLabel(id, questions), formatAnswer(id, answer, questions)] as const,
          ),
          ['Received', <Instant key="received" at={createdAt} />],
          ['Came by', source.name],
        ]}
      />
    </section>
  )
}

function getQuestionLabel(id: string, questions: readonly Question[]): string {
  return questions.find((question) => question.id === id)?.label ?? id
}

/** An answer as the visitor saw it. */
function formatAnswer(id: string, answer: AnswerValue, questions: readonly Question[]): string {
  const question = questions.find((candidate) => candidate.id === id)
  if (typeof answer === 'boolean') return answer ? 'Yes' : 'No'
  const options = question?.kind === 'choice' || question?.kind === 'multi-choice' ? question.options : []
  return [answer]
    .flat()
    .map((value) => options.find((option) => option.value === value)?.label ?? String(value))
    .join(', ')
}

/** A number of North America as people there write it; another as it is. */
function formatPhone(phone: string): string {
  return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3')
}
