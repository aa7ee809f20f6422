import { useState } from 'preact/hooks'
import { Field, Select } from '../../../app/components/field.tsx'
import { appText } from '../../../app/text/app-text.ts'
import { type ResolvedFieldProps, useFaultWithin, useFieldText } from '../../catalog/editor-context.ts'
import { Fieldset } from '../../catalog/fields/fieldset.tsx'
import {
  type Json,
  type JsonObject,
  toArray,
  toObject,
  toText,
  withItem,
  withMember,
} from '../../catalog/fields/json.ts'
import { JsonField } from '../../catalog/fields/special-fields.tsx'
import { responseRulesText } from '../../text/shape-text.ts'
import {
  type ConditionComparison,
  type ConditionPlace,
  getComparedText,
  getComparison,
  getPlace,
  isSimpleCondition,
  type RuleMeaning,
  responsePlaces,
  ruleMeanings,
  withComparison,
  withPlace,
} from './response-condition.ts'
import { ResponseSample } from './response-sample.tsx'

/** How the responses of a school are read, as conditions that can be clicked together from a response. JSON for the rest. */
export function ResponseRulesField(field: ResolvedFieldProps) {
  const { pointer, value, change } = field
  const { label, help } = useFieldText(pointer)
  const fault = useFaultWithin(pointer)
  const rules = toObject(value)
  const [isJson, setJson] = useState(!isSimple(rules))
  if (isJson)
    return (
      <>
        <JsonField {...field} />
        {isSimple(rules) && (
          <button type="button" class="plain" onClick={() => setJson(false)}>
            {responseRulesText.asFields}
          </button>
        )}
      </>
    )
  const setMember = (name: string, next: Json | undefined) => {
    const changed = withMember(rules, name, next)
    change(Object.keys(changed).length > 0 ? changed : undefined)
  }
  const addCondition = (meaning: RuleMeaning, condition: JsonObject) =>
    setMember(meaning, [...toArray(rules[meaning]), condition])
  return (
    <Fieldset title={appText.optional(label)} help={help} pointer={pointer}>
      {fault && <p class="fault">{fault}</p>}
      <ResponseSample
        onCondition={(meaning, { path, value: text }) => addCondition(meaning, { path, equals: text })}
        onPlace={(place, { path }) => setMember(place, path)}
      />
      {ruleMeanings.map((meaning) => (
        <Conditions
          key={meaning}
          meaning={meaning}
          conditions={toArray(rules[meaning]).map(toObject)}
          change={(next) => setMember(meaning, next.length > 0 ? next : undefined)}
        />
      ))}
      {value !== undefined && (
        <>
          {responsePlaces.map((place) => (
            <Field
              key={place}
              label={appText.optional(responseRulesText.places[place].label)}
              help={responseRulesText.places[place].help}
              autocomplete="off"
              spellcheck={false}
              value={toText(rules[place])}
              onInput={({ currentTarget }) => setMember(place, currentTarget.value || undefined)}
            />
          ))}
          <Select
            label={responseRulesText.otherwise}
            choices={Object.entries(responseRulesText.otherwiseChoices).map(([choice, text]) => ({
              value: choice === 'preset' ? '' : choice,
              label: text,
            }))}
            value={toText(rules.otherwise)}
            onChange={({ currentTarget }) => setMember('otherwise', currentTarget.value || undefined)}
          />
        </>
      )}
      <button type="button" class="plain" onClick={() => setJson(true)}>
        {responseRulesText.asJson}
      </button>
    </Fieldset>
  )
}

type ConditionsProps = {
  meaning: RuleMeaning
  conditions: readonly JsonObject[]
  change: (next: readonly Json[]) => void
}

function Conditions({ meaning, conditions, change }: ConditionsProps) {
  const text = responseRulesText.meanings[meaning]
  return (
    <fieldset class="group">
      <legend>{text.title}</legend>
      <p class="help">{text.help}</p>
      {conditions.map((condition, index) => (
        <div key={index} class="item">
          <Condition
            condition={condition}
            label={responseRulesText.condition(index + 1)}
            change={(next) => change(withItem(conditions, index, next))}
          />
          <button type="button" class="plain" onClick={() => change(withItem(conditions, index, undefined))}>
            {responseRulesText.remove(index + 1)}
          </button>
        </div>
      ))}
      <button
        type="button"
        class="button second"
        onClick={() => change([...conditions, { path: '/outcome', equals: '' }])}
      >
        {text.add}
      </button>
    </fieldset>
  )
}

type ConditionProps = { condition: JsonObject; label: string; change: (next: JsonObject) => void }

function Condition({ condition, label, change }: ConditionProps) {
  const place = getPlace(condition)
  const comparison = getComparison(condition)
  const setText = (name: string) => (text: string) => change(withMember(condition, name, text))
  return (
    <fieldset class="group">
      <legend>{label}</legend>
      <Select
        label={responseRulesText.place}
        choices={toChoices(responseRulesText.placeChoices)}
        value={place}
        onChange={({ currentTarget }) => change(withPlace(condition, toPlace(currentTarget.value)))}
      />
      {place === 'path' && <TextInput label={responseRulesText.path} value={condition.path} write={setText('path')} />}
      {place === 'after' && (
        <>
          <TextInput label={responseRulesText.after} value={condition.after} write={setText('after')} />
          <TextInput
            label={appText.optional(responseRulesText.before)}
            value={condition.before}
            write={(text) => change(withMember(condition, 'before', text || undefined))}
          />
        </>
      )}
      {place === 'status' ? (
        <TextInput
          label={responseRulesText.status}
          value={condition.status}
          write={(text) => change({ ...condition, status: Number(text) || text })}
        />
      ) : (
        <>
          <Select
            label={responseRulesText.comparison}
            choices={toChoices(responseRulesText.comparisonChoices)}
            value={comparison}
            onChange={({ currentTarget }) =>
              change(withComparison(condition, toComparison(currentTarget.value), getComparedText(condition)))
            }
          />
          <TextInput
            label={responseRulesText.value}
            value={getComparedText(condition)}
            write={(text) => change(withComparison(condition, comparison, text))}
          />
        </>
      )}
    </fieldset>
  )
}

type TextInputProps = { label: string; value: Json | undefined; write: (text: string) => void }
function TextInput({ label, value, write }: TextInputProps) {
  return (
    <Field
      label={label}
      autocomplete="off"
      spellcheck={false}
      value={toText(value)}
      onInput={({ currentTarget }) => write(currentTarget.value)}
    />
  )
}

function toChoices(labels: { readonly [value: string]: string }) {
  return Object.entries(labels).map(([value, label]) => ({ value, label }))
}

function toPlace(value: string): ConditionPlace {
  return value === 'after' || value === 'status' ? value : 'path'
}

function toComparison(value: string): ConditionComparison {
  return value === 'contains' ? value : 'equals'
}

function isSimple(rules: JsonObject): boolean {
  const hasSimplePlaces = responsePlaces.every(
    (place) => rules[place] === undefined || typeof rules[place] === 'string',
  )
  return hasSimplePlaces && ruleMeanings.every((meaning) => toArray(rules[meaning]).every(isSimpleCondition))
}
