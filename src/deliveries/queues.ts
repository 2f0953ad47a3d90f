import type { Addressed, Delivery, DeliveryKind } from './delivery.ts'
import type { NewJob, QueuePlan } from './queue.ts'

/** `once`: asked five times, drawn once. `strict`: in order per place. */
const orders: Record<DeliveryKind, QueuePlan['order']> = {
  panel: 'once',
  card: 'once',
  line: 'strict',
  notice: 'strict',
  news: 'strict',
  'voice-status': 'once',
  home: 'once',
  status: 'once',
  mute: 'once',
  chime: 'strict',
  'scheduled-event': 'once',
  takedown: 'any',
}

const platforms = ['discord', 'slack'] as const
export const deliveryKinds = Object.keys(orders) as readonly DeliveryKind[]

export const deliveryQueue = (platform: Addressed['platform'], kind: DeliveryKind): string => `${platform}-${kind}`

export const deliveryQueues: readonly QueuePlan[] = platforms.flatMap((platform) =>
  deliveryKinds.map((kind) => ({ name: deliveryQueue(platform, kind), order: orders[kind] })),
)

function keyOf(delivery: Delivery): string {
  switch (delivery.kind) {
    case 'panel':
    case 'line':
    case 'voice-status':
      return delivery.binding
    case 'card':
      return delivery.card
    case 'notice':
    case 'home':
    case 'status':
      return delivery.person
    case 'news':
    case 'mute':
    case 'chime':
      return delivery.workspace
    case 'scheduled-event':
      return delivery.occurrence
    case 'takedown':
      return delivery.message
    default:
      return delivery satisfies never
  }
}

/** Of a panel asked for twice in one go, one is enough; that it may come down to the bottom is kept. */
function distinct(list: readonly Addressed[]): readonly Addressed[] {
  const kept = new Map<string, Addressed>()
  for (const one of list) {
    const { delivery, platform } = one
    const once = orders[delivery.kind] === 'once'
    const key = once ? `${platform} ${delivery.kind} ${keyOf(delivery)}` : `${kept.size}`
    const before = kept.get(key)?.delivery
    if (!(before?.kind === 'panel' && before.moved === true)) kept.set(key, one)
  }
  return [...kept.values()]
}

/** What must be delivered, as jobs of the queue of its platform and kind. */
export const jobsOf = (list: readonly Addressed[]): readonly NewJob[] =>
  distinct(list).map(({ platform, delivery }) => ({ queue: deliveryQueue(platform, delivery.kind), key: keyOf(delivery), data: delivery }))
