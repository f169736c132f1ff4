import type { components } from '@shuke/api/member';

/** What goes over the wire, by name, as the server publishes it. */
export type Wire = components['schemas'];
