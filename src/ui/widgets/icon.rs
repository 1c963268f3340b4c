//! The icons of the interface: ink, never a hue.

use yew::prelude::*;

/// Which icon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IconName {
    Bang,
    Branch,
    Check,
    Close,
    Cut,
    Down,
    Heal,
    Isolate,
    Keys,
    Link,
    OneWay,
    Pause,
    Play,
    Power,
    Question,
    Slow,
    Step,
    StepBack,
    Theme,
    Trash,
}

/// A stroke: its path, and the width of its line, or none where it is filled.
type Stroke = (&'static str, Option<&'static str>);

impl IconName {
    const fn strokes(self) -> &'static [Stroke] {
        match self {
            IconName::Bang => {
                &[("M8 1.5 15 14H1zM7.2 5.6v4.8h1.6V5.6zM7.2 11.2v1.6h1.6v-1.6z", None)]
            }
            IconName::Branch => &[
                ("M4.5 5.4v5.2M4.5 7.5c0 2.4 7 .6 7-2.1", Some("1.6")),
                ("M3 3.6a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0z", Some("1.4")),
                ("M3 12.4a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0z", Some("1.4")),
                ("M10 3.6a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0z", Some("1.4")),
            ],
            IconName::Check => &[("m2.8 8.5 3.5 3.5 7-8", Some("2"))],
            IconName::Close => &[("m3.5 3.5 9 9m0-9-9 9", Some("2"))],
            IconName::Cut => &[("M1 8h4M11 8h4M5 4.5v7M11 4.5v7", Some("1.8"))],
            IconName::Down => &[("m4 6.5 4 4 4-4", Some("1.6"))],
            IconName::Heal => &[("M1 8h14M5 5v6M11 5v6", Some("1.8"))],
            IconName::Isolate => &[
                ("M5.6 8a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0z", None),
                (
                    "M8 1.5v1.6M11.3 2.4l-.8 1.3M13.6 4.7l-1.3.8M14.5 8h-1.6M8 14.5v-1.6\
                     M4.7 13.6l.8-1.3M2.4 11.3l1.3-.8M1.5 8h1.6M2.4 4.7l1.3.8M4.7 2.4l.8 1.3\
                     M13.6 11.3l-1.3-.8M11.3 13.6l-.8-1.3",
                    Some("1.5"),
                ),
            ],
            IconName::Keys => &[
                (
                    "M2.7 3.7h10.6a1.5 1.5 0 0 1 1.5 1.5v5.6a1.5 1.5 0 0 1-1.5 1.5H2.7\
                     a1.5 1.5 0 0 1-1.5-1.5V5.2a1.5 1.5 0 0 1 1.5-1.5z",
                    Some("1.4"),
                ),
                ("M4 6.5h.1M6.7 6.5h.1M9.3 6.5h.1M12 6.5h.1M4.8 9.5h6.4", Some("1.6")),
            ],
            IconName::Link => &[(
                "M6.6 9.4a2.7 2.7 0 0 0 3.8 0l2.9-2.9a2.7 2.7 0 0 0-3.8-3.8l-1 1\
                 M9.4 6.6a2.7 2.7 0 0 0-3.8 0L2.7 9.5a2.7 2.7 0 0 0 3.8 3.8l1-1",
                Some("1.6"),
            )],
            IconName::OneWay => {
                &[("M1.5 5h13m0 0-3-2.6M14.5 5l-3 2.6M6 11.5h8.5M6 8.9v5.2", Some("1.6"))]
            }
            IconName::Pause => &[("M4 2.5h3v11H4zM9 2.5h3v11H9z", None)],
            IconName::Play => &[("M4.5 2.5v11l9-5.5z", None)],
            IconName::Power => &[("M8 2.2v5.4M4.9 4.3a5 5 0 1 0 6.2 0", Some("1.8"))],
            IconName::Question => &[
                ("M5 5.6C5 3.8 6.3 2.8 8 2.8s3 1 3 2.6c0 2.2-2.9 2.1-2.9 4.3", Some("1.8")),
                ("M6.9 12.6a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0z", None),
            ],
            IconName::Slow => {
                &[("M1 8h1.5M4.5 8H6M8 8h1.5M11.5 8H15m0 0-2.5-2.3M15 8l-2.5 2.3", Some("1.8"))]
            }
            IconName::Step => &[("M3 3v10l7-5zM11.4 3h1.8v10h-1.8z", None)],
            IconName::StepBack => &[("M13 3v10L6 8zM2.8 3h1.8v10H2.8z", None)],
            IconName::Trash => &[("M2.5 4.2h11M6 4V2.4h4V4M4 4.5l.7 9h6.6l.7-9", Some("1.5"))],
            IconName::Theme => &[
                ("M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0z", Some("1.5")),
                ("M8 2a6 6 0 0 1 0 12z", None),
            ],
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct IconProps {
    pub name: IconName,
}

/// An icon, one em high by the class `icon`. It says nothing: its button has a name.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    let stroke = |(path, width): &Stroke| match width {
        Some(width) => html! {
            <path d={*path} fill="none" stroke="currentColor" stroke-width={*width} />
        },
        None => html! { <path d={*path} fill="currentColor" /> },
    };
    html! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            { for props.name.strokes().iter().map(stroke) }
        </svg>
    }
}
