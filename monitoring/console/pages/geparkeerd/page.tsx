import { useQueryPlace } from '../../parts/place.ts';
import { Cockpit } from './cockpit.tsx';
import { Group } from './group.tsx';
import { Groups } from './groups.tsx';
import { Message } from './message.tsx';
import { placeOf } from './place-text.ts';
import './geparkeerd.css';

/** What is parked, by cause; one cause; one message; or one order about them: the address says which, over a reload too. */
export const Page = () => {
  const [{ order, message, group, tenant }] = useQueryPlace();
  const place = message === undefined ? null : placeOf(message);
  if (order !== undefined) return <Cockpit id={order} />;
  if (place) return <Message place={place} />;
  if (group !== undefined)
    return <Group selection={{ group, ...(tenant !== undefined && { tenant }) }} />;
  return <Groups />;
};
