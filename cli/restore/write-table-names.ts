import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readStageFile, stageFolder } from '#infra/stage-file.ts'
import type { Table } from '#shared/store/keys.ts'

/** Writes the names of restored tables into the file of a stage; its other settings stay as they are. @throws StageFileError */
export function writeTableNames(stage: string, names: { [T in Table]?: string }, folder = stageFolder): void {
  const { tables } = readStageFile(stage, { folder })
  const path = join(folder, `${stage}.json`)
  const settings: object = JSON.parse(readFileSync(path, 'utf8'))
  const text = JSON.stringify({ ...settings, tables: { ...tables, ...names } }, undefined, 2)
  writeFileSync(`${path}.draft`, `${text}\n`)
  renameSync(`${path}.draft`, path)
}
