import { Facts, Moment } from '../app/moment.tsx'
import { educationWords, levelWords, modalityWords, startWords } from '../words/choices.ts'
import type { Log } from './lead.tsx'

/** Who it is, and what for: what somebody who calls needs to see first. */
export function Person({ log: { event } }: { log: Log }) {
  const { contact, program, education, startWindow, answers, source } = event.data
  return (
    <Moment title={program.name} at={event.timestamp}>
      <Facts
        of={[
          [
            'Phone',
            <a key="phone" href={`tel:${contact.phone}`}>
              {contact.phone}
            </a>,
          ],
          [
            'E-mail',
            <a key="email" href={`mailto:${contact.email}`}>
              {contact.email}
            </a>,
          ],
          ['Lives in', `${contact.state} ${contact.zip}`],
          ['Education', educationWords[education.highestLevel]],
          ['Wants to start', startWindow && startWords[startWindow]],
          ['Program', `${levelWords[program.level]}, ${modalityWords[program.modality].toLowerCase()}`],
          ...Object.entries(answers).map(
            ([name, given]) => [`Answer to ${name}`, Array.isArray(given) ? given.join(', ') : String(given)] as const,
          ),
          ['Asked on', source.name],
        ]}
      />
    </Moment>
  )
}
