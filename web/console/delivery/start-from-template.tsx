import { useState } from 'preact/hooks'
import type { TemplateFault, TemplateValues } from '#shared/domain/delivery/templates/endpoint-template.ts'
import { endpointTemplates, fillEndpointTemplate } from '#shared/domain/delivery/templates/endpoint-templates.ts'
import { Field, Select } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
import type { Json } from '../catalog/fields/json.ts'
import { endpointTemplateText as text } from '../text/endpoint-template-text.ts'

/** Fills in the endpoint of a campaign from a template for a system that schools use. */
export function StartFromTemplate({ change }: { change: (endpoint: Json) => void }) {
  const [id, setId] = useState('')
  const [values, setValues] = useState<TemplateValues>({})
  const [result, setResult] = useState<'filled' | readonly TemplateFault[]>([])
  const template = endpointTemplates.find(({ templateId }) => templateId === id)
  const fill = () => {
    if (!template) return
    const filled = fillEndpointTemplate(template.templateId, values)
    if ('faults' in filled) return setResult(filled.faults)
    const endpoint: Json = JSON.parse(JSON.stringify(filled.endpoint))
    change(endpoint)
    setResult('filled')
  }
  const choose = (next: string) => {
    setId(next)
    setValues({})
    setResult([])
  }
  return (
    <details>
      <summary>{text.start}</summary>
      <div class="group">
        <p class="help">{text.help}</p>
        <Select
          label={text.system}
          choices={[
            { value: '', label: text.none },
            ...endpointTemplates.map(({ templateId, name }) => ({ value: templateId, label: name })),
          ]}
          value={id}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
        />
        {template && (
          <>
            <p class="help">
              {text.documentation}:{' '}
              {template.documentation.map(({ title, url }) => (
                <a key={url} href={url} target="_blank" rel="noreferrer">
                  {title}
                </a>
              ))}
            </p>
            {template.inputs.map(({ name, label, help, example, isSecret }) => (
              <Field
                key={name}
                label={label}
                help={help}
                fault={
                  result !== 'filled' && result.some((fault) => fault.name === name)
                    ? text.fault(label, example)
                    : undefined
                }
                {...(isSecret ? { type: 'password' } : { type: 'text' })}
                autocomplete="off"
                value={values[name] ?? ''}
                onInput={({ currentTarget }) => setValues({ ...values, [name]: currentTarget.value })}
              />
            ))}
            <h4>{text.notes}</h4>
            <ul class="help">
              {template.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
            <button type="button" class="button second" onClick={fill}>
              {text.fill}
            </button>
            {result === 'filled' && <Note kind="good">{text.filled}</Note>}
          </>
        )}
      </div>
    </details>
  )
}
