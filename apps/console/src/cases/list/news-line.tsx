import { useId } from 'react';
import { ArrowUpOutlined } from '@ant-design/icons';
import { useLanguage } from '../../language/language.js';

interface Props {
  readonly newCount: number;
  /** Rows have come, gone or moved. */
  readonly differs: boolean;
  readonly onShow: () => void;
}

/** Tells that the list would be another one now, beside the heading and, further down, over the list: it moves nothing. */
export const NewsLine = ({ newCount, differs, onShow }: Props) => {
  const { m } = useLanguage();
  const said = useId();
  const words = m.frame.list;
  const news = newCount > 0 ? words.news(newCount) : words.moved;
  return (
    <div className="news-line">
      <div role="status" className="unseen" id={said}>{differs ? news : ''}</div>
      {differs && (
        <button type="button" className="news" onClick={onShow}>
          <ArrowUpOutlined aria-hidden /> {news} <b>{words.show}</b>
        </button>
      )}
    </div>
  );
};
