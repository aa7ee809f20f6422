import { Select } from '#web/app/components/field.tsx'
import { type ResolvedFieldProps, useEditor } from '../editor-context.ts'
import { getChoiceLabel, getFieldLabel } from '../record-labels.ts'
import { getVariantsByKind, listProperties } from '../record-schema.ts'
import { Fieldset } from './fieldset.tsx'
import { toObject, toText } from './json.ts'
import { AddOrRemove, ObjectFields } from './nested-fields.tsx'

/** One of several forms, which its `kind` tells apart. What two forms have in common stays when the kind changes. */
export function KindField({ schema, name, pointer, value, change, isRequired, label }: ResolvedFieldProps) {
  const { resolve } = useEditor()
  const variants = getVariantsByKind(schema, resolve)
  const [firstKind = ''] = variants.keys()
  const members = toObject(value)
  const kind = toText(members.kind)
  const variant = variants.get(kind)
  const changeKind = (next: string) => {
    const commonMembers = listProperties(variants.get(next) ?? {}).flatMap(([part]) => {
      const { [part]: member } = members
      return member === undefined ? [] : [[part, member] as const]
    })
    change({ ...Object.fromEntries(commonMembers), kind: next })
  }
  return (
    <Fieldset title={label ?? getFieldLabel(name)} description={schema.description} pointer={pointer}>
      {(value !== undefined || isRequired) && (
        <Select
          label="Kind"
          data-pointer={`${pointer}/kind`}
          choices={[
            ...(variant ? [] : [{ value: '', label: 'Choose …' }]),
            ...[...variants.keys()].map((variantKind) => ({ value: variantKind, label: getChoiceLabel(variantKind) })),
          ]}
          value={kind}
          onChange={({ currentTarget }) => changeKind(currentTarget.value)}
        />
      )}
      {variant && <ObjectFields schema={variant} pointer={pointer} value={members} change={change} />}
      <AddOrRemove
        isPresent={value !== undefined}
        isOptional={!isRequired}
        name={name}
        change={change}
        initialValue={{ kind: firstKind }}
      />
    </Fieldset>
  )
}
