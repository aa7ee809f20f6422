import { useState } from 'preact/hooks'
import { endSchoolSessions, endSession } from '#shared/contract/access/sessions.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Select } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
import { Allowed, RoleNote } from '../../app/people/allowed.tsx'
import { Link, useQuery } from '../../app/router.tsx'
import { toChoices, useNames } from '../catalog/names.tsx'
import { portalSessionsText as text } from '../text/access-text.ts'
import { consoleText } from '../text/console-text.ts'
import { PortalLinks } from './portal-links.tsx'
import { PortalSessions } from './portal-sessions.tsx'

/** The portal sessions and sign-in links of all schools, or of the school in the address. */
export function PortalAccess() {
  const [query, changeQuery] = useQuery()
  const schools = useNames('schools')
  const [isShowingEnded, setShowingEnded] = useState(false)
  const [revision, setRevision] = useState(0)
  const schoolId = query.get('school') ?? undefined
  const schoolName = schoolId && (schools.get(schoolId) ?? schoolId)
  const list = { schoolId, isShowingEnded, schools, revision }
  return (
    <>
      <h1>{schoolName ? text.titleForSchool(schoolName) : text.title}</h1>
      <p>{text.intro}</p>
      <RoleNote needs={endSession} />
      <div class="filters">
        <Select
          label={text.school}
          choices={[{ value: '', label: consoleText.allSchools }, ...toChoices(schools)]}
          value={schoolId ?? ''}
          onChange={({ currentTarget }) => changeQuery({ school: currentTarget.value })}
        />
        <label class="choice">
          <input type="checkbox" checked={isShowingEnded} onChange={() => setShowingEnded(!isShowingEnded)} />{' '}
          {text.showEnded}
        </label>
      </div>
      {schoolId && schoolName && (
        <EndAll key={schoolId} schoolId={schoolId} schoolName={schoolName} onEnded={() => setRevision(revision + 1)} />
      )}
      <PortalSessions {...list} />
      <PortalLinks {...list} />
    </>
  )
}

type EndAllProps = { schoolId: string; schoolName: string; onEnded: () => void }

function EndAll({ schoolId, schoolName, onEnded }: EndAllProps) {
  const { call } = useApi()
  const [ended, setEnded] = useState<{ sessions: number; links: number }>()
  const endAll = async () => {
    const response = await call(endSchoolSessions, { params: { id: schoolId } })
    setEnded(response.body)
    return response
  }
  return (
    <div class="actions">
      <Allowed to={endSchoolSessions}>
        <Action
          kind="danger"
          run={endAll}
          onDone={onEnded}
          confirmation={{
            title: text.endAll.title(schoolName),
            text: text.endAll.help,
            confirmLabel: text.endAll.button,
          }}
        >
          {text.endAll.button}
        </Action>
      </Allowed>
      <Link to={`/schools/${encodeURIComponent(schoolId)}`}>{text.create}</Link>
      {ended && <Note kind="good">{text.endAll.done(ended.sessions, ended.links)}</Note>}
    </div>
  )
}
