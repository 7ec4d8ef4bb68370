// Reads the list of hearings with the types that were generated from the document, and prints each title.

import type { components, paths } from './agora';

type Page = paths['/api/v1/hearings']['get']['responses']['200']['content']['application/json'];
type HearingSummary = components['schemas']['HearingSummary'];

async function titles(address: string): Promise<string[]> {
    const reply = await fetch(`${address}/api/v1/hearings`);
    const page = (await reply.json()) as Page;
    return page.items.map((hearing: HearingSummary) => hearing.title);
}

titles(process.argv[2] ?? '').then((all) => console.log(all.join('\n')));
