import { Select } from '#web/app/components/field.tsx'
import { type Field, useEditor } from '../editor-context.ts'
import { kindsOf, partsOf } from '../record-schema.ts'
import { choiceWords, labelOf } from '../record-words.ts'
import { Framed } from './framed.tsx'
import { membersOf, textOf } from './json.ts'
import { AddOrRemove, Members } from './nested-fields.tsx'

/** One of several forms, which its `kind` tells apart. What two forms have in common stays when the kind changes. */
export function KindField({ schema, name, pointer, value, change, isRequired, label }: Field) {
  const { resolve } = useEditor()
  const forms = kindsOf(schema, resolve)
  const [firstKind = ''] = forms.keys()
  const members = membersOf(value)
  const kind = textOf(members.kind)
  const form = forms.get(kind)
  const become = (next: string) => {
    const fitting = partsOf(forms.get(next) ?? {}).flatMap(([part]) => {
      const { [part]: kept } = members
      return kept === undefined ? [] : [[part, kept] as const]
    })
    change({ ...Object.fromEntries(fitting), kind: next })
  }
  return (
    <Framed title={label ?? labelOf(name)} description={schema.description} pointer={pointer}>
      {(value !== undefined || isRequired) && (
        <Select
          label="Kind"
          data-pointer={`${pointer}/kind`}
          choices={[
            ...(form ? [] : [{ value: '', label: 'Choose …' }]),
            ...[...forms.keys()].map((one) => ({ value: one, label: choiceWords(one) })),
          ]}
          value={kind}
          onChange={({ currentTarget }) => become(currentTarget.value)}
        />
      )}
      {form && <Members schema={form} pointer={pointer} value={members} change={change} />}
      <AddOrRemove
        isThere={value !== undefined}
        isOptional={!isRequired}
        name={name}
        change={change}
        first={{ kind: firstKind }}
      />
    </Framed>
  )
}
