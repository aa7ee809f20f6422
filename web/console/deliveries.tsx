import { type DeliveryState, enteredFrom } from '#shared/domain/delivery.ts'
import { Select } from '../app/field.tsx'
import { Link, useQuery } from '../app/place.tsx'
import { stateWords } from './delivery-words.ts'
import { choicesOf, useNames } from './names.tsx'
import { ReplayMany } from './replay-many.tsx'

/** Deliveries of one state, above all those that nobody will send by itself. */
export function Deliveries() {
  const [query, change] = useQuery()
  const schools = useNames('schools')
  const schoolId = query.get('school') ?? undefined
  const state = stateOf(query.get('state'))
  return (
    <>
      <div class="head">
        <h1>Deliveries</h1>
        <Link to="/replays">Replays so far</Link>
      </div>
      <div class="filters">
        <Select
          label="State"
          choices={Object.keys(stateWords)}
          value={state}
          onChange={(event) => change({ state: event.currentTarget.value })}
        />
        <Select
          label="School"
          choices={[{ value: '', label: 'All schools' }, ...choicesOf(schools)]}
          value={schoolId ?? ''}
          onChange={(event) => change({ school: event.currentTarget.value || undefined })}
        />
      </div>
      <p>{stateWords[state]}</p>
      {isMeantForReplay(state) && (
        <ReplayMany filter={{ states: [state], ...(schoolId !== undefined && { schoolId }) }} schools={schools} />
      )}
    </>
  )
}

type Meant = (typeof enteredFrom.pending)[number]

function stateOf(given: string | null): DeliveryState {
  return given !== null && isState(given) ? given : 'dead'
}

function isState(given: string): given is DeliveryState {
  return Object.hasOwn(stateWords, given)
}

function isMeantForReplay(state: DeliveryState): state is Meant {
  return enteredFrom.pending.some((meant) => meant === state)
}
