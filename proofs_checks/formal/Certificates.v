(* What a certificate about one system may claim, with its evidence or witness, and what each claim means.
   ../FORMAT.md, sections Hypotheses, Statements, Itinerary, for version 1. *)
From Exactdyn Require Export Dynamics.
Open Scope Q_scope.

Definition pairs := list (nat * Q).
Record cone := { c_form : list (list Q); c_factor : Q }.
Record form_proof := { fp_nodes : list (list Q); fp_cone : option (nat * Q) }.                (* the place of a cone, with its weight *)
Record forms := { fo_recurrence : list Q; fo_cones : list cone; fo_proofs : list form_proof }.
Record itinerary := { it_layer : nat; it_period : nat; it_nodes : list Q; it_forms : option forms }.   (* nodes, or else forms *)
Record basin_data := { b_layer : nat; b_targets : list nat; b_lower : list (list Q); b_diagonal : list Q }.
Inductive claim :=
  | SymmetricHolds | SymmetricFails (row column : nat) (a b : Q)
  | DefiniteHolds (lower : list (list Q)) (diagonal : list Q) | DefiniteFails (x : list Q) (value : Q)
  | AlphaHolds | AlphaFails (a : Q)
  | NonzeroHolds | NonzeroFails (token : nat)
  | DistinctHolds | DistinctFails (i j : nat)
  | HullEvery | HullLayers (weights : list (list pairs)) | HullFails (layer token : nat) (f : list Q) (before after : Q)
  | NormEvery (lower : list (list Q)) (diagonal : list Q) | NormLayers | NormFails (layer token : nat) (before after : Q)
  | PersistEvery | PersistLayers | PersistFails (token since layer rival : nat) | PersistMoves (token since layer : nat) (place : list Q)
  | ApartEvery (lower : list (list Q)) (diagonal : list Q) | ApartLayers | ApartFails (layer i j : nat) (place : list Q)
  | ExtremeEvery (leaders : list (nat * nat * list (list Q))) | ExtremeLayers (leaders : list (nat * nat * list (list Q)))
  | ExtremeFails (token since layer : nat) (weights : pairs)
  | ConvergenceConsensus (lower : list (list Q)) (diagonal : list Q)
  | ConvergenceHolds (it : itinerary) (coefficients : list Q) (limits : list (list Q))
  | ConvergenceBasin (b : basin_data) (limits : list (list Q))
  | ConvergenceFails (it : itinerary) (coefficients : list Q) (factor : Q) (token phase : nat)
  | ConvergenceSpreads (lower : list (list Q)) (diagonal : list Q) (layer token a b : nat)
  | VertexHolds (it : itinerary) (coefficients : list Q) (functionals : list (list Q)) (combinations : list pairs)
  | VertexFails (it : itinerary) (coefficients : list Q) (token : nat) (f : list Q)
  | VertexBasin (b : basin_data) (functionals : list (list Q)) (combinations : list pairs)
  | VertexBasinFails (b : basin_data) (token : nat) (f : list Q)
  | LimitSetHolds (it : itinerary) (coefficients : list Q) (lower : list (list Q)) (diagonal : list Q)
  | LimitSetRigid (it : itinerary) (coefficients : list Q)
  | LimitSetFails (it : itinerary) (coefficients : list Q) (token : nat) (limit : list Q)
  | LimitSetBasin (b : basin_data) (lower : list (list Q)) (diagonal : list Q)
  | LimitSetBasinRigid (b : basin_data)
  | LimitSetBasinFails (b : basin_data) (token : nat) (limit : list Q)
  | LimitSetDiverges (it : itinerary) (coefficients : list Q) (factor : Q) (token phase : nat)
  | LimitSetSpreads (lower : list (list Q)) (diagonal : list Q) (layer token a b : nat)
  | SettlesHolds (it : itinerary) | SettlesFails (it : itinerary) (token phase : nat).

Definition means (s : system) (N : nat) (c : claim) : Prop :=
  match c with
  | SymmetricHolds => symmetric s | SymmetricFails _ _ _ _ => ~ symmetric s
  | DefiniteHolds _ _ => positive_definite s | DefiniteFails _ _ => ~ positive_definite s
  | AlphaHolds => positive_alpha s | AlphaFails _ => ~ positive_alpha s
  | NonzeroHolds => nonzero_tokens s | NonzeroFails _ => ~ nonzero_tokens s
  | DistinctHolds => distinct_tokens s | DistinctFails _ _ => ~ distinct_tokens s
  | HullEvery => hull_shrinkage s None | HullLayers _ => hull_shrinkage s (Some N)
  | HullFails _ _ _ _ _ => ~ hull_shrinkage s (Some N)
  | NormEvery _ _ => norm_growth s None | NormLayers => norm_growth s (Some N)
  | NormFails _ _ _ _ => ~ norm_growth s (Some N)
  | PersistEvery => leaders_persist s None | PersistLayers => leaders_persist s (Some N)
  | PersistFails _ _ _ _ | PersistMoves _ _ _ _ => ~ leaders_persist s (Some N)
  | ApartEvery _ _ => distinctness_preserved s None | ApartLayers => distinctness_preserved s (Some N)
  | ApartFails _ _ _ _ => ~ distinctness_preserved s (Some N)
  | ExtremeEvery _ => leaders_extreme s None | ExtremeLayers _ => leaders_extreme s (Some N)
  | ExtremeFails _ _ _ _ => ~ leaders_extreme s (Some N)
  | ConvergenceConsensus _ _ => forall i, (i < size s)%nat -> converges s i
  | ConvergenceHolds _ _ limits => forall i, (i < size s)%nat -> tends s i (entry limits i)
  | ConvergenceBasin _ limits => forall i, (i < size s)%nat -> tends s i (entry limits i)
  | ConvergenceFails _ _ _ _ _ | ConvergenceSpreads _ _ _ _ _ _ => ~ forall i, (i < size s)%nat -> converges s i
  | VertexHolds _ _ _ _ | VertexBasin _ _ _ => leader_vertex s
  | VertexFails _ _ _ _ | VertexBasinFails _ _ _ => ~ leader_vertex s
  | LimitSetHolds _ _ _ _ | LimitSetRigid _ _ | LimitSetBasin _ _ _ | LimitSetBasinRigid _ => limit_set s
  | LimitSetFails _ _ _ _ | LimitSetBasinFails _ _ _ | LimitSetDiverges _ _ _ _ _ | LimitSetSpreads _ _ _ _ _ _ => ~ limit_set s
  | SettlesHolds _ => attention_settles s | SettlesFails _ _ _ => ~ attention_settles s
  end.
