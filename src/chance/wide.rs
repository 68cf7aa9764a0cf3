//! `wide!`: a loop compiled for the widest registers of the machine it runs on, with the same bits on all.

/// Makes a function of plain loops that is compiled once for each width of register and chosen at run time.
///
/// The loops are only ever vectorised, never contracted: Rust fuses no multiplication with an addition unless told to, so
/// each width gives the same bits. What the body calls has to be `#[inline(always)]` to be part of it.
macro_rules! wide {
    ($(#[$doc:meta])* $vis:vis fn $name:ident($($arg:ident: $ty:ty),* $(,)?) $body:block) => {
        $(#[$doc])*
        $vis fn $name($($arg: $ty),*) {
            // What borrows is told apart where it is an argument; as a field it might be the same, and nothing is vectorised.
            #[inline(always)]
            fn plain($($arg: $ty),*) $body
            // Each field has a type parameter of its own name, so that its type may borrow.
            #[allow(non_camel_case_types)]
            struct Loop<$($arg),*> {
                $($arg: $arg),*
            }
            impl pulp::NullaryFnOnce for Loop<$($ty),*> {
                type Output = ();

                #[inline(always)]
                fn call(self) {
                    let Loop { $($arg),* } = self;
                    plain($($arg),*)
                }
            }
            pulp::Arch::new().dispatch(Loop { $($arg),* });
        }
    };
}

pub(crate) use wide;
