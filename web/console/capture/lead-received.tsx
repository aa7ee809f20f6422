import type { ComponentChildren } from 'preact'
import { Facts, Moment } from '../../app/components/moment.tsx'
import { Link } from '../../app/place.tsx'
import { educationWords, modalityWords, startWords } from '../../words/choices.ts'
import type { Story } from './lead.tsx'

/** Who asked for what, and from where. */
export function Received({ story, children }: { story: Story; children: ComponentChildren }) {
  const { receivedAt, contact, state, careerSlug, programId, sourceId, page, education, startWindow, modality } = story
  const { age, military, gpa, answers = {}, subIds = {}, utm = {} } = story
  return (
    <Moment title="A visitor asked for information" at={receivedAt}>
      <Facts
        of={[
          ['Name', contact && `${contact.firstName} ${contact.lastName}`],
          ['E-mail', contact?.email],
          ['Phone', contact?.phone],
          ['Lives in', [state, contact?.zip].join(' ')],
          ['Education', education && educationWords[education.highestLevel]],
          ['Wants to start', startWindow && startWords[startWindow]],
          ['Wants to learn', modality && modalityWords[modality]],
          ['Age', age?.toString()],
          ['Military', military === undefined ? undefined : military ? 'yes' : 'no'],
          ['Grade point average', gpa?.toString()],
          ...Object.entries(answers).map(([name, given]) => [`Answer to ${name}`, String(given)] as const),
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
          ...labelled('Label', subIds),
          ...labelled('UTM', utm),
        ]}
      />
      {children}
    </Moment>
  )
}

function labelled(term: string, labels: { [name: string]: string }) {
  return Object.entries(labels).map(([name, value]) => [`${term} ${name}`, value] as const)
}
