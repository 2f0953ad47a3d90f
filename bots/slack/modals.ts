import type { types } from '@slack/bolt'
import type { Logger } from 'pino'
import type { Form } from '../../src/commands/command.ts'
import type { Press } from '../../src/kernel/press.ts'
import type { Reader } from '../../src/locales/write.ts'
import type { Screen } from '../../src/screens/screen.ts'
import type { Asides } from './asides.ts'
import { formView } from './forms.ts'
import { isFailed, type Posts } from './posts.ts'
import type { Renderer } from './render.ts'
import { sentences } from './sentences.ts'
import type { Spot } from './spot.ts'

type Parts = { readonly renderer: Renderer; readonly posts: Posts; readonly asides: Asides; readonly log: Logger }

/** Views in front of a person. Slack lets one be opened within three seconds of what they did. */
export function createModals({ renderer, posts, asides, log }: Parts) {
  const opened = (spot: Spot, view: types.ModalView) => {
    const { views } = spot.installed.client
    const args = { trigger_id: spot.trigger ?? '', view }
    return posts.tried(spot.installed, () => (spot.on.kind === 'modal' ? views.push(args) : views.open(args)))
  }

  return {
    /** A form that came too late is offered again by a button. */
    ask: async (spot: Spot, form: Form, reader: Reader): Promise<void> => {
      const result = await opened(spot, formView(renderer, form, reader, spot.channel?.id ?? null))
      if (!isFailed(result)) return
      log.info({ trouble: result.trouble.kind }, 'A form did not open')
      const again: Press = { command: form.command, args: form.carried, ask: true }
      await asides.whisper(spot, sentences.late(again), reader)
    },
    /** What came too late to open is said in the person's own messages. */
    open: async (spot: Spot, screen: Screen, reader: Reader): Promise<void> => {
      const result = await opened(spot, renderer.modal(screen, reader))
      if (!isFailed(result)) return
      log.info({ trouble: result.trouble.kind }, 'An answer did not open')
      await asides.whisper(spot, screen, reader)
    },
    redraw: async (spot: Spot, id: string, view: types.ModalView): Promise<void> => {
      const result = await posts.tried(spot.installed, () => spot.installed.client.views.update({ view_id: id, view }))
      if (isFailed(result)) log.info({ trouble: result.trouble.kind }, 'An answer was closed before it was redrawn')
    },
  }
}

export type Modals = ReturnType<typeof createModals>
