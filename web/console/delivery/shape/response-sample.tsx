import { useState } from 'preact/hooks'
import { Action } from '../../../app/action.tsx'
import { useApi } from '../../../app/browser-client.tsx'
import { TextArea } from '../../../app/components/field.tsx'
import { useEditor } from '../../catalog/editor-context.ts'
import { responseRulesText } from '../../text/shape-text.ts'
import { fetchLastResponses } from './fetch-last-responses.ts'
import { listResponseValues, type ResponseValue } from './list-response-values.ts'
import { type ResponsePlaceName, type RuleMeaning, responsePlaces, ruleMeanings } from './response-condition.ts'

type Props = {
  onCondition: (meaning: RuleMeaning, value: ResponseValue) => void
  onPlace: (place: ResponsePlaceName, value: ResponseValue) => void
}

/** A response of the school, the last ones or a pasted one. Clicking on a value makes a rule of it. */
export function ResponseSample({ onCondition, onPlace }: Props) {
  const { call } = useApi()
  const { recordId } = useEditor()
  const [body, setBody] = useState('')
  const [responses, setResponses] = useState<readonly string[]>()
  const values = listResponseValues(body)
  const load = async () => {
    const { problem, responses: last = [] } = await fetchLastResponses(recordId ?? '', call)
    if (problem) return { problem }
    setResponses(last)
    setBody(last[0] ?? '')
    return {}
  }
  return (
    <details>
      <summary>{responseRulesText.sample}</summary>
      <div class="group">
        {recordId !== undefined && (
          <Action kind="second" run={load}>
            {responseRulesText.load}
          </Action>
        )}
        {responses?.length === 0 && <p class="help">{responseRulesText.noResponses}</p>}
        {responses && responses.length > 1 && (
          <div class="actions">
            {responses.map((response, index) => (
              <button key={response} type="button" class="plain" onClick={() => setBody(response)}>
                {responseRulesText.response(index + 1)}
              </button>
            ))}
          </div>
        )}
        <TextArea
          label={responseRulesText.paste}
          class="code"
          rows={4}
          spellcheck={false}
          value={body}
          onInput={({ currentTarget }) => setBody(currentTarget.value)}
        />
        {body.trim() !== '' && values.length === 0 && <p class="help">{responseRulesText.unreadable}</p>}
        <ul class="response-values">
          {values.map((value) => (
            <li key={value.path}>
              <code>{value.path || '/'}</code> <strong>{value.value}</strong>
              <span class="actions">
                {ruleMeanings.map((meaning) => (
                  <button key={meaning} type="button" class="plain" onClick={() => onCondition(meaning, value)}>
                    {responseRulesText.meanings[meaning].click}
                    <span class="visually-hidden"> {value.path}</span>
                  </button>
                ))}
                {responsePlaces.map((place) => (
                  <button key={place} type="button" class="plain" onClick={() => onPlace(place, value)}>
                    {responseRulesText.places[place].label}
                    <span class="visually-hidden"> {value.path}</span>
                  </button>
                ))}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </details>
  )
}
