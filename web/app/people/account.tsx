import { useState } from 'preact/hooks'
import { endPersonSession, listOwnSessions, readSelf, signOutEverywhere } from '#shared/contract/access/sign-in.ts'
import { Action } from '../action.tsx'
import { useApi, useApiData } from '../browser-client.tsx'
import { Instant } from '../components/instant.tsx'
import { LoadBoundary, Note } from '../components/note.tsx'
import { Table } from '../components/table.tsx'
import { secondFactorText as factorText, roleNames, accountText as text } from '../text/people-text.ts'
import { SetUpApp } from './second-factor/set-up-app.tsx'

/** Who is signed in, where, and how to sign out elsewhere. */
export function Account() {
  const { person } = useApi()
  return (
    <>
      <h1>{text.title}</h1>
      {person ? <OwnAccount /> : <Note>{text.usesKey}</Note>}
    </>
  )
}

function OwnAccount() {
  const { call, signOut } = useApi()
  const [self, reloadSelf] = useApiData(readSelf, {})
  const [sessions, reload] = useApiData(listOwnSessions, {})
  return (
    <>
      <LoadBoundary data={self} reload={reloadSelf}>
        {({ name, email, role }) => (
          <section class="card" aria-label={text.title}>
            <dl class="details">
              <dt>{text.name}</dt>
              <dd>{name}</dd>
              <dt>{text.email}</dt>
              <dd>{email}</dd>
              <dt>{text.role}</dt>
              <dd>{roleNames[role]}</dd>
            </dl>
          </section>
        )}
      </LoadBoundary>
      <OwnSecondFactor />
      {/* No section: the table is a region of that name where it scrolls. */}
      <div class="card">
        <h2>{text.sessions}</h2>
        <LoadBoundary data={sessions} reload={reload}>
          {(body) => (
            <Table
              caption={text.sessions}
              rows={body.sessions}
              getRowKey={({ sessionId }) => sessionId}
              emptyMessage={text.sessionsEmpty}
              columns={[
                { head: text.device, cell: ({ device }) => device ?? text.unknownDevice },
                {
                  head: text.action,
                  cell: ({ sessionId, isCurrent, device }) =>
                    isCurrent ? (
                      text.thisSession
                    ) : (
                      <Action
                        kind="danger"
                        run={() => call(endPersonSession, { params: { sessionId } })}
                        onDone={reload}
                        confirmation={{
                          title: text.endTitle(device ?? text.unknownDevice),
                          text: text.endHelp,
                          confirmLabel: text.end,
                        }}
                      >
                        {text.end}
                      </Action>
                    ),
                },
                { head: text.started, cell: ({ startedAt }) => <Instant at={startedAt} /> },
                { head: text.lastUsed, cell: ({ lastUsedAt }) => <Instant at={lastUsedAt} /> },
                { head: text.ends, cell: ({ endsAt }) => <Instant at={endsAt} /> },
              ]}
            />
          )}
        </LoadBoundary>
        <div class="actions">
          <Action
            kind="danger"
            run={() => call(signOutEverywhere, {})}
            onDone={signOut}
            confirmation={{
              title: text.everywhereTitle,
              text: text.everywhereHelp,
              confirmLabel: text.everywhere,
            }}
          >
            {text.everywhere}
          </Action>
        </div>
      </div>
    </>
  )
}

/** Staff may set up an authenticator app, and move it to another phone. */
function OwnSecondFactor() {
  const { call } = useApi()
  const [self, reload] = useApiData(readSelf, {})
  const [isMoving, setMoving] = useState(false)
  if (self.body?.holder.caller !== 'operator') return null
  const isOn = self.body.secondFactor === 'on'
  const finish = () => {
    setMoving(false)
    reload()
  }
  return (
    <section class="card" aria-labelledby="second-factor">
      <h2 id="second-factor">{factorText.title}</h2>
      <p>{isOn ? factorText.on : factorText.off}</p>
      {isOn && !isMoving ? (
        <div class="actions">
          <button type="button" class="button second" onClick={() => setMoving(true)}>
            {factorText.moveTo}
          </button>
        </div>
      ) : (
        <SetUpApp call={call} isReplacement={isOn} onDone={finish} />
      )}
    </section>
  )
}
