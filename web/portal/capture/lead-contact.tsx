import { readForm } from '#shared/contract/catalog/programs.ts'
import type { Question } from '#shared/domain/catalog/question.ts'
import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import { useLoaded } from '../../app/api.tsx'
import { Facts } from '../../app/components/moment.tsx'
import { Instant } from '../../app/components/words.tsx'
import { educationWords, levelWords, modalityWords, startWords } from '../../words/choices.ts'

type Answer = LeadCreated['data']['answers'][string]

/** Whom to call, and what they asked for. */
export function LeadContact({ event, createdAt }: { event: LeadCreated; createdAt: string }) {
  const { contact, program, education, startWindow, answers, source } = event.data
  const [form] = useLoaded(readForm, { params: { programId: program.id } })
  const questions = typeof form.body === 'object' ? form.body.questions : []
  return (
    <section class="card" aria-labelledby="contact">
      <h2 id="contact">Contact</h2>
      <p class="reach">
        <a href={`tel:${contact.phone}`}>{phoneOf(contact.phone)}</a>
        <a href={`mailto:${contact.email}`}>{contact.email}</a>
      </p>
      <Facts
        of={[
          ['Asked for', program.name],
          ['Kind', `${levelWords[program.level]}, ${modalityWords[program.modality].toLowerCase()}`],
          ['Wants to start', startWindow && startWords[startWindow]],
          ['Education', educationWords[education.highestLevel]],
          ['Lives in', `${contact.state} ${contact.zip}`],
          ...Object.entries(answers).map(
            ([id, given]) => [labelOf(id, questions), answerOf(id, given, questions)] as const,
          ),
          ['Received', <Instant key="received" at={createdAt} />],
          ['Came by', source.name],
        ]}
      />
    </section>
  )
}

function labelOf(id: string, questions: readonly Question[]): string {
  return questions.find((question) => question.id === id)?.label ?? id
}

/** An answer as the visitor saw it. */
function answerOf(id: string, given: Answer, questions: readonly Question[]): string {
  const question = questions.find((one) => one.id === id)
  if (typeof given === 'boolean') return given ? 'Yes' : 'No'
  const options = question?.kind === 'choice' || question?.kind === 'multi-choice' ? question.options : []
  return [given]
    .flat()
    .map((value) => options.find((option) => option.value === value)?.label ?? String(value))
    .join(', ')
}

/** A number of North America as people there write it; another as it is. */
function phoneOf(phone: string): string {
  return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3')
}
