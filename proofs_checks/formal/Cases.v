(* The lemma cases: a closed tree over all matrices of a family (splits, open ties, contradictions, statements). *)
From Exactdyn Require Export Family.
Import ListNotations.
Open Scope Q_scope.

Definition key := (nat * nat * nat * nat)%type.
Inductive tree :=
  | Split (token : nat) (cases : list tree)
  | Contradiction (weights : list (key * Q)) (cuts : list (Q * list Q))
  | Holds (evidence : claim).
Record open := { o_token : nat; o_first : nat; o_other : nat; o_group : list bool }.
Record path := { p_past : list layer; p_num : list (list Z); p_den : Z; p_sets : list (option (list bool));
                 p_known : list (key * (relation * list term)); p_open : list open }.
(* what is described: the sets of some tokens at layers 0..N; whether avoidable ties count *)
Record goal := { g_sets : list (list (option (list bool))); g_ties : bool; g_rule : option everywhere }.

Definition member_lists (f : family) (x : nat -> Q) : listed :=
  let d := length (f_base f) in
  {| listed_A := map (fun i => map (fun j => A (member f x) i j) (seq 0 d)) (seq 0 d); listed_alpha := f_alpha f; listed_tokens := f_tokens f |}.

Section Tree.
Variable f : family.
Variable g : goal.
Notation d := (length (f_base f)).
Notation n := (length (f_tokens f)).
Definition last_layer : nat := pred (length (g_sets g)).

Definition place (p : path) (i : nat) : vector := fun r => Qmake (zentry (p_num p) i r) (Z.to_pos (p_den p)).
Definition cmp (p : path) (i j l : nat) : list term := [(1, (place p i, place p j)); (-1, (place p i, place p l))].
Definition alike (p : path) (i a b : nat) : bool :=
  forallb (fun B => Qeq_bool (total d B (place p i) (place p a)) (total d B (place p i) (place p b))) (f_base f :: f_span f).
Definition group (p : path) (i r : nat) : list bool := map (alike p i r) (seq 0 n).
Definition first_alike (p : path) (i j : nat) : nat := match find (fun a => alike p i a j) (seq 0 n) with Some a => a | None => j end.
Definition reps (p : path) (i : nat) : list nat := filter (fun j => Nat.eqb (first_alike p i j) j) (seq 0 n).
Fixpoint set_nth {X} (l : list X) (i : nat) (x : X) : list X :=
  match l, i with [], _ => [] | _ :: t, O => x :: t | a :: t, S i' => a :: set_nth t i' x end.
Definition now (p : path) : nat := length (p_past p).
Definition deciding (p : path) (i : nat) (own : list bool) (known : list (key * (relation * list term))) (o : list open) : path :=
  {| p_past := p_past p; p_num := p_num p; p_den := p_den p; p_sets := set_nth (p_sets p) i (Some own);
     p_known := known ++ p_known p; p_open := o |}.
Fixpoint orb_list (a b : list bool) : list bool := match a, b with x :: a', y :: b' => (x || y) :: orb_list a' b' | _, _ => [] end.

Fixpoint positions (before : list nat) (l : list nat) : list (list nat * nat * list nat) :=
  match l with [] => [] | r :: t => (before, r, t) :: positions (before ++ [r]) t end.
Definition split (p : path) (i : nat) : option (list path) :=
  match p_open p with
  | o :: later =>
      if Nat.eqb (o_token o) i then
        match nth i (p_sets p) None with
        | Some own =>
            let k := (now p, i, o_first o, o_other o) in
            Some [deciding p i (orb_list own (o_group o)) [(k, (Zero, cmp p i (o_first o) (o_other o)))] later;
                  deciding p i own [(k, (Positive, cmp p i (o_first o) (o_other o)))] later]
        | None => None
        end
      else None
  | [] =>
      match nth i (p_sets p) None with
      | Some _ => None
      | None => Some (map (fun q : list nat * nat * list nat =>
          let '(before, r, after) := q in
          deciding p i (group p i r)
            (map (fun b => ((now p, i, r, b), (Positive, cmp p i r b))) before ++
             map (fun b => ((now p, i, r, b), (if g_ties g then NotNegative else Positive, cmp p i r b))) after)
            (if g_ties g then map (fun b => {| o_token := i; o_first := r; o_other := b; o_group := group p i b |}) after else []))
          (positions [] (reps p i)))
      end
  end.

(* entering a layer: what the goal says of it *)
Definition first_of (own : list bool) : nat := first_true own.
Definition described (p : path) (i : nat) (own : list bool) : list (key * (relation * list term)) :=
  map (fun l => ((now p, i, first_of own, l), (if nth l own false then Zero else Positive, cmp p i (first_of own) l))) (seq 0 n).
Definition enter (past : list layer) (num : list (list Z)) (den : Z) (known : list (key * (relation * list term))) : path :=
  let sets := nth (length past) (g_sets g) [] in
  let p := {| p_past := past; p_num := num; p_den := den; p_sets := map (fun i => nth i sets None) (seq 0 n); p_known := known; p_open := [] |} in
  {| p_past := past; p_num := num; p_den := den; p_sets := p_sets p;
     p_known := flat_map (fun i => match nth i sets None with Some own => described p i own | None => [] end) (seq 0 n) ++ known; p_open := [] |}.
Definition root : path := enter [] (zmatrix (f_tokens f)) (zden (f_tokens f)) [].
Definition all_decided (p : path) : bool :=
  match p_open p with [] => forallb (fun o : option (list bool) => match o with Some _ => true | None => false end) (p_sets p) | _ => false end.
Definition owns (p : path) : list (list bool) := map (fun o => match o with Some own => own | None => [] end) (p_sets p).
Definition family_tau : Q := Qred (f_alpha f / (1 + f_alpha f)).
Definition advance (p : path) : path :=
  if all_decided p && Nat.ltb (now p) last_layer then
    let (num, den) := zstep d family_tau (p_num p) (p_den p) (owns p) in
    enter (p_past p ++ [{| l_num := p_num p; l_den := p_den p; l_att := owns p |}]) num den (p_known p)
  else p.

Definition key_eqb (a b : key) : bool :=
  let '(a1, a2, a3, a4) := a in let '(b1, b2, b3, b4) := b in Nat.eqb a1 b1 && Nat.eqb a2 b2 && Nat.eqb a3 b3 && Nat.eqb a4 b4.
Definition lookup (p : path) (k : key) : option (relation * list term) :=
  match find (fun q : key * (relation * list term) => key_eqb (fst q) k) (p_known p) with Some q => Some (snd q) | None => None end.
Definition closes_b (p : path) (weights : list (key * Q)) (cuts : list (Q * list Q)) : bool :=
  forallb (fun q : key * Q => match lookup p (fst q) with Some _ => true | None => false end) weights &&
  forallb (fun q : Q * list Q => Nat.eqb (length (snd q)) d) cuts &&
  contradiction f (flat_map (fun q : key * Q => match lookup p (fst q) with Some a => [(snd q, a)] | None => [] end) weights)
    (map (fun q : Q * list Q => (fst q, vec (snd q))) cuts).

(* what a rule asks of the run does not depend on A *)
Definition rule_b (r : everywhere) (ls : list layer) (c : claim) : bool :=
  match r, c with
  | AllHull, HullLayers _ | AllPersist, PersistLayers | AllApart, ApartLayers | AllExtreme, ExtremeLayers _ =>
      check_claim (member_lists f (fun _ => 0)) last_layer ls c
  | _, _ => false
  end.
Definition holds_b (p : path) (c : claim) : bool :=
  match g_rule g with
  | Some r => Nat.eqb (now p) last_layer && (all_decided p || match r with AllHull | AllApart => true | _ => false end) &&
      rule_b r (p_past p ++ [{| l_num := p_num p; l_den := p_den p; l_att := owns p |}]) c
  | None => false
  end.

Fixpoint check_tree (t : tree) (p0 : path) : bool :=
  let p := advance p0 in
  match t with
  | Split i cases =>
      Nat.ltb i n &&
      match split p i with
      | Some paths => (fix all (ts : list tree) (ps : list path) : bool :=
          match ts, ps with [], [] => true | t' :: ts', p' :: ps' => check_tree t' p' && all ts' ps' | _, _ => false end) cases paths
      | None => false
      end
  | Contradiction weights cuts => closes_b p weights cuts
  | Holds c => holds_b p c
  end.
Definition family_wellformed : bool :=
  wellformed (member_lists f (fun _ => 0)) && negb (Nat.eqb (length (g_sets g)) 0) &&
  forallb (forallb (fun o : option (list bool) => match o with Some own => Nat.eqb (length own) n && existsb (fun b => b) own | None => true end)) (g_sets g).
Definition check_family (t : tree) : bool := family_wellformed && check_tree t root.
End Tree.

Section Sound.
Variable f : family.
Variable g : goal.
Variable x : nat -> Q.
Notation d := (length (f_base f)).
Notation n := (length (f_tokens f)).
Notation sd := (member_lists f x).
Notation S' := (system_of (member_lists f x)).
Notation N := (last_layer g).
Hypothesis Hwf : family_wellformed f g = true.
Hypothesis Hadmits : admits (f_class f) (member f x).

Lemma mem_entry i j : (i < d)%nat -> (j < d)%nat -> entry (listed_A sd) i j = A (member f x) i j.
Proof.
  intros Hi Hj. unfold entry. cbn [listed_A member_lists]. rewrite (nth_map _ (seq 0 d) i 0%nat []) by (rewrite seq_length; assumption).
  rewrite (nth_map _ (seq 0 d) j 0%nat 0) by (rewrite seq_length; assumption). rewrite !seq_nth by assumption. reflexivity.
Qed.
Lemma dim_S : dim S' = d. Proof. simpl. rewrite map_length, seq_length. reflexivity. Qed.
Lemma size_S : size S' = n. Proof. reflexivity. Qed.
Lemma form_S u v : form S' u v == form (member f x) u v.
Proof.
  rewrite !form_double. rewrite dim_S. change (dim (member f x)) with d. apply sum_ext. intros r Hr. apply sum_ext. intros t Ht.
  change (A S' r t) with (entry (listed_A sd) r t). rewrite mem_entry by assumption. reflexivity.
Qed.
Lemma wf_S : wellformed sd = true.
Proof.
  unfold family_wellformed in Hwf. apply andb_true_iff in Hwf. destruct Hwf as [H _]. apply andb_true_iff in H. destruct H as [H _].
  unfold wellformed in *. cbn [listed_A listed_alpha listed_tokens member_lists] in *. rewrite !map_length, !seq_length in *.
  rewrite !andb_true_iff in *. destruct H as [[[[H1 H2] H3] H4] H5]. repeat split; try assumption.
  unfold rect. apply forallb_forall. intros row Hrow. apply in_map_iff in Hrow. destruct Hrow as [i [<- _]].
  rewrite map_length, seq_length. apply Nat.eqb_refl.
Qed.

(* the system does what the goal describes, without avoidable ties where they do not count *)
Hypothesis Hdescribed : forall k i own, (k <= N)%nat -> (i < n)%nat -> nth i (nth k (g_sets g) []) None = Some own ->
  forall j, (j < n)%nat -> attends_b S' (run S' k) i j = nth j own false.
Definition unavoidable k i a b := forall B, In B (f_base f :: f_span f) ->
  total d B (run S' k i) (run S' k a) == total d B (run S' k i) (run S' k b).
Hypothesis Hties : g_ties g = false -> forall k i a b, (k <= N)%nat -> (i < n)%nat -> (a < n)%nat -> (b < n)%nat ->
  attends S' (run S' k) i a -> attends S' (run S' k) i b -> unavoidable k i a b.

Record consistent (p : path) : Prop := {
  c_now : (now p <= N)%nat;
  c_past : forall k l, nth_error (p_past p) k = Some l -> good S' l k;
  c_rep : represents S' (p_num p) (p_den p) (run S' (now p));
  c_known : forall q, In q (p_known p) -> holds_of (member f x) (fst (snd q)) (snd (snd q));
  c_len : length (p_sets p) = n;
  c_sets : forall i own, (i < n)%nat -> nth i (p_sets p) None = Some own -> length own = n /\
     forall j, (j < n)%nat -> (attends S' (run S' (now p)) i j <->
       nth j own false = true \/ exists o, In o (p_open p) /\ o_token o = i /\ nth j (o_group o) false = true /\
          form S' (run S' (now p) i) (run S' (now p) (o_first o)) == form S' (run S' (now p) i) (run S' (now p) (o_other o)));
  c_open : forall o, In o (p_open p) -> (o_token o < n)%nat /\ (o_first o < n)%nat /\ (o_other o < n)%nat /\ length (o_group o) = n /\
     form S' (run S' (now p) (o_token o)) (run S' (now p) (o_other o)) <= form S' (run S' (now p) (o_token o)) (run S' (now p) (o_first o)) }.

Lemma place_same p i : consistent p -> (i < n)%nat -> same S' (place p i) (run S' (now p) i).
Proof.
  intros C Hi r Hr. destruct (c_rep _ C) as [_ _ Hden Hv]. specialize (Hv i r Hi Hr). unfold place.
  rewrite Qmake_Qdiv, Z2Pos.id by assumption. rewrite Hv. pose proof (zi_pos _ Hden). field. lra.
Qed.
Lemma cmp_value p i j l : consistent p -> (i < n)%nat -> (j < n)%nat -> (l < n)%nat ->
  value (member f x) (cmp p i j l) == form S' (run S' (now p) i) (run S' (now p) j) - form S' (run S' (now p) i) (run S' (now p) l).
Proof.
  intros C Hi Hj Hl. unfold cmp, value. cbn [fold_right fst snd]. rewrite <- !form_S.
  rewrite (form_ext S' _ _ _ _ (place_same p i C Hi) (place_same p j C Hj)), (form_ext S' _ _ _ _ (place_same p i C Hi) (place_same p l C Hl)). ring.
Qed.
Lemma alike_form p i a b : consistent p -> (i < n)%nat -> (a < n)%nat -> (b < n)%nat -> alike f p i a b = true ->
  form S' (run S' (now p) i) (run S' (now p) a) == form S' (run S' (now p) i) (run S' (now p) b).
Proof.
  intros C Hi Ha Hb H. unfold alike in H. rewrite forallb_forall in H.
  rewrite <- (form_ext S' _ _ _ _ (place_same p i C Hi) (place_same p a C Ha)), <- (form_ext S' _ _ _ _ (place_same p i C Hi) (place_same p b C Hb)).
  rewrite !form_S, !member_form.
  assert (E0 := H (f_base f) (or_introl eq_refl)). apply Qeq_bool_iff in E0. rewrite E0.
  apply Qplus_comp; [reflexivity|]. apply sum_ext. intros q Hq.
  assert (E := H (nth q (f_span f) []) (or_intror (nth_In _ _ Hq))). apply Qeq_bool_iff in E. rewrite E. reflexivity.
Qed.
Lemma total_same B u u' v v' : same S' u u' -> same S' v v' -> total d B u v == total d B u' v'.
Proof.
  intros Hu Hv. unfold total. rewrite !sumr_ok. apply sum_ext. intros r Hr. rewrite (Hv r) by (rewrite dim_S; exact Hr).
  apply Qmult_comp; [|reflexivity]. unfold reduced_dot. rewrite !sumr_ok. apply sum_ext. intros t Ht. rewrite (Hu t) by (rewrite dim_S; exact Ht). reflexivity.
Qed.
Lemma unavoidable_alike p i a b : consistent p -> (i < n)%nat -> (a < n)%nat -> (b < n)%nat -> unavoidable (now p) i a b -> alike f p i a b = true.
Proof.
  intros C Hi Ha Hb H. unfold alike. apply forallb_forall. intros B HB. apply Qeq_bool_iff.
  rewrite (total_same B _ _ _ _ (place_same p i C Hi) (place_same p a C Ha)), (total_same B _ _ _ _ (place_same p i C Hi) (place_same p b C Hb)).
  apply H, HB.
Qed.
Lemma alike_refl p i a : alike f p i a a = true.
Proof. unfold alike. apply forallb_forall. intros B _. apply Qeq_bool_iff. reflexivity. Qed.
Lemma alike_sym p i a b : alike f p i a b = true -> alike f p i b a = true.
Proof.
  unfold alike. rewrite !forallb_forall. intros H B HB. specialize (H B HB). apply Qeq_bool_iff in H. apply Qeq_bool_iff. symmetry. exact H.
Qed.
Lemma alike_trans p i a b c : alike f p i a b = true -> alike f p i b c = true -> alike f p i a c = true.
Proof.
  unfold alike. rewrite !forallb_forall. intros H K B HB. specialize (H B HB). specialize (K B HB).
  apply Qeq_bool_iff in H, K. apply Qeq_bool_iff. rewrite H. exact K.
Qed.

Lemma find_least (P : nat -> bool) : forall m a r, find P (seq a m) = Some r -> (a <= r < a + m)%nat /\ P r = true /\ forall b, (a <= b < r)%nat -> P b = false.
Proof.
  induction m as [|m IH]; intros a r H; simpl in H; [discriminate|]. destruct (P a) eqn:E.
  - injection H as <-. repeat split; try lia. assumption.
  - destruct (IH (S a) r H) as [A [B C]]. repeat split; try lia; [assumption|]. intros b Hb.
    destruct (Nat.eq_dec b a) as [->|]; [assumption|apply C; lia].
Qed.
Lemma first_alike_spec p i j : (j < n)%nat -> (first_alike f p i j < n)%nat /\ alike f p i (first_alike f p i j) j = true /\
  In (first_alike f p i j) (reps f p i).
Proof.
  intros Hj. unfold first_alike. destruct (find (fun a => alike f p i a j) (seq 0 n)) as [r|] eqn:E.
  - destruct (find_least _ _ _ _ E) as [A [B C]]. split; [lia|]. split; [assumption|]. apply filter_In. split; [apply in_seq; lia|].
    apply Nat.eqb_eq. unfold first_alike. destruct (find (fun a => alike f p i a r) (seq 0 n)) as [r'|] eqn:E'.
    + destruct (find_least _ _ _ _ E') as [A' [B' C']].
      destruct (Nat.lt_trichotomy r' r) as [L|[L|L]]; [|assumption|].
      * assert (K : alike f p i r' j = true) by (apply alike_trans with r; assumption). rewrite (C r' ltac:(lia)) in K. discriminate.
      * specialize (C' r ltac:(lia)). rewrite alike_refl in C'. discriminate.
    + exfalso. pose proof (find_none _ _ E' r ltac:(apply in_seq; lia)) as K. cbv beta in K. rewrite alike_refl in K. discriminate.
  - exfalso. pose proof (find_none _ _ E j ltac:(apply in_seq; lia)) as K. simpl in K. rewrite alike_refl in K. discriminate.
Qed.
Lemma reps_apart p i a b : In a (reps f p i) -> In b (reps f p i) -> alike f p i a b = true -> a = b.
Proof.
  intros Ha Hb H. apply filter_In in Ha, Hb. destruct Ha as [Ra Ea], Hb as [Rb Eb]. apply in_seq in Ra, Rb. apply Nat.eqb_eq in Ea, Eb.
  rewrite <- Ea, <- Eb. unfold first_alike.
  assert (X : forall c, alike f p i c a = alike f p i c b).
  { intros c. apply eq_true_iff_eq. split; intros K; [apply alike_trans with a; assumption|apply alike_trans with b; [assumption|apply alike_sym, H]]. }
  assert (Y : find (fun c => alike f p i c a) (seq 0 n) = find (fun c => alike f p i c b) (seq 0 n)).
  { generalize (seq 0 n). induction l as [|c l IH]; simpl; [reflexivity|]. rewrite X, IH. reflexivity. }
  rewrite Y. destruct (find (fun c => alike f p i c b) (seq 0 n)) eqn:E; [reflexivity|].
  exfalso. pose proof (find_none _ _ E b ltac:(apply in_seq; lia)) as K. simpl in K. rewrite alike_refl in K. discriminate.
Qed.
Lemma reps_n p i a : In a (reps f p i) -> (a < n)%nat.
Proof. intros H. apply filter_In in H. destruct H as [H _]. apply in_seq in H. lia. Qed.
Lemma group_nth p i r j : (j < n)%nat -> nth j (group f p i r) false = alike f p i r j.
Proof. intros H. unfold group. rewrite (nth_map _ (seq 0 n) j 0%nat false) by (rewrite seq_length; assumption). rewrite seq_nth by assumption. reflexivity. Qed.

Lemma attends_alike p i a b : consistent p -> (i < n)%nat -> (a < n)%nat -> (b < n)%nat -> alike f p i a b = true ->
  attends S' (run S' (now p)) i a -> attends S' (run S' (now p)) i b.
Proof.
  intros C Hi Ha Hb H [_ K]. split; [assumption|]. intros l Hl. rewrite <- (alike_form p i a b C Hi Ha Hb H). apply K, Hl.
Qed.

Lemma nth_set_nth {X} (l : list X) i j y z : (i < length l)%nat -> nth j (set_nth l i y) z = if Nat.eqb j i then y else nth j l z.
Proof.
  revert i j. induction l as [|a l IH]; intros i j Hi; simpl in Hi; [lia|]. destruct i as [|i], j as [|j]; simpl; try reflexivity. apply IH. lia.
Qed.
Lemma length_set_nth {X} (l : list X) i y : length (set_nth l i y) = length l.
Proof. revert i. induction l as [|a l IH]; intros [|i]; simpl; auto. Qed.
Lemma orb_list_nth a b j : length a = length b -> nth j (orb_list a b) false = nth j a false || nth j b false.
Proof. revert b j. induction a as [|u a IH]; intros [|v b] [|j] H; simpl in *; try discriminate; auto. Qed.
Lemma orb_list_length a b : length a = length b -> length (orb_list a b) = length a.
Proof. revert b. induction a as [|u a IH]; intros [|v b] H; simpl in *; auto. Qed.

Lemma positions_in l : forall before r after pre, In (before, r, after) (positions pre l) -> pre ++ l = before ++ r :: after.
Proof.
  induction l as [|a l IH]; intros before r after pre H; simpl in H; [contradiction|]. destruct H as [H|H].
  - injection H as <- <- <-. reflexivity.
  - apply IH in H. rewrite <- app_assoc in H. exact H.
Qed.
(* the first element of a list with a property *)
Lemma positions_first (P : nat -> Prop) (dec : forall a, {P a} + {~ P a}) l : forall pre, (exists a, In a l /\ P a) ->
  exists before r after, In (before, r, after) (positions pre l) /\ P r /\ forall b, In b before -> In b pre \/ ~ P b.
Proof.
  induction l as [|a l IH]; intros pre [b [Hb Pb]]; [contradiction|]. destruct (dec a) as [Pa|Na].
  - exists pre, a, l. split; [left; reflexivity|]. split; [assumption|]. auto.
  - destruct (IH (pre ++ [a])) as [before [r [after [A [B C]]]]].
    + exists b. split; [|assumption]. destruct Hb as [->|Hb]; [contradiction|assumption].
    + exists before, r, after. split; [right; exact A|]. split; [assumption|]. intros c Hc. destruct (C c Hc) as [D|D]; [|auto].
      apply in_app_or in D. destruct D as [D|[->|[]]]; auto.
Qed.

Lemma split_ok p i paths : consistent p -> (i < n)%nat -> split f g p i = Some paths -> exists p', In p' paths /\ consistent p'.
Proof.
  intros C Hi H. pose proof C as [Cnow Cpast Crep Cknown Clen Csets Copen]. unfold split in H. destruct (p_open p) as [|o later] eqn:Eo.
  - destruct (nth i (p_sets p) None) eqn:Es; [discriminate|]. injection H as <-.
    set (att := fun a => attends S' (run S' (now p)) i a).
    assert (dec : forall a, {att a} + {~ att a}).
    { intros a. destruct (Nat.ltb a n) eqn:L; [apply Nat.ltb_lt in L|apply Nat.ltb_ge in L; right; intros [K _]; change (size S') with n in K; lia].
      destruct (attends_b S' (run S' (now p)) i a) eqn:E; [left; apply attends_spec in E; assumption|right; intros K; apply attends_spec in K; [congruence|assumption]]. }
    destruct (argmax n (fun l => form S' (run S' (now p) i) (run S' (now p) l))) as [j [Hj Hmax]]; [lia|].
    assert (Aj : att j) by (split; assumption).
    destruct (first_alike_spec p i j Hj) as [Hrn [Hral Hrin]].
    destruct (positions_first att dec (reps f p i) []) as [before [r [after [Hin [Ar Hb]]]]].
    { exists (first_alike f p i j). split; [assumption|]. apply (attends_alike p i j); try assumption. apply alike_sym, Hral. }
    pose proof (positions_in _ _ _ _ _ Hin) as Hlist. simpl in Hlist.
    assert (Rr : In r (reps f p i)) by (rewrite Hlist; apply in_or_app; right; left; reflexivity).
    assert (Rbefore : forall b, In b before -> In b (reps f p i)) by (intros b Hb'; rewrite Hlist; apply in_or_app; left; assumption).
    assert (Rafter : forall b, In b after -> In b (reps f p i)) by (intros b Hb'; rewrite Hlist; apply in_or_app; right; right; assumption).
    assert (Hnd : NoDup (reps f p i)) by (apply NoDup_filter, seq_NoDup).
    assert (Hr : (r < n)%nat) by (apply (reps_n p i), Rr).
    assert (Vb : forall b, In b before -> form S' (run S' (now p) i) (run S' (now p) b) < form S' (run S' (now p) i) (run S' (now p) r)).
    { intros b Hb'. destruct (Hb b Hb') as [[]|Nb]. destruct Ar as [_ Ar]. pose proof (reps_n p i b (Rbefore b Hb')) as Hbn.
      destruct (Qlt_le_dec (form S' (run S' (now p) i) (run S' (now p) b)) (form S' (run S' (now p) i) (run S' (now p) r))) as [|L]; [assumption|].
      exfalso. apply Nb. split; [assumption|]. intros l Hl. specialize (Ar l Hl). lra. }
    assert (Va : forall b, In b after -> form S' (run S' (now p) i) (run S' (now p) b) <= form S' (run S' (now p) i) (run S' (now p) r) /\
       (g_ties g = false -> form S' (run S' (now p) i) (run S' (now p) b) < form S' (run S' (now p) i) (run S' (now p) r))).
    { intros b Hb'. pose proof (reps_n p i b (Rafter b Hb')) as Hbn. destruct Ar as [Ar0 Ar]. split; [apply Ar, Hbn|]. intros Ht.
      destruct (Qlt_le_dec (form S' (run S' (now p) i) (run S' (now p) b)) (form S' (run S' (now p) i) (run S' (now p) r))) as [|L]; [assumption|].
      exfalso. assert (Ab : att b) by (split; [assumption|]; intros l Hl; specialize (Ar l Hl); lra).
      assert (E : r = b).
      { apply (reps_apart p i); [assumption|apply Rafter, Hb'|]. apply unavoidable_alike; try assumption.
        apply (Hties Ht); try assumption. split; assumption. }
      subst b. rewrite Hlist in Hnd. apply NoDup_remove_2 in Hnd. apply Hnd, in_or_app. right. assumption. }
    eexists. split; [apply in_map_iff; exists (before, r, after); split; [reflexivity|exact Hin]|]. cbv beta iota.
    split; unfold now; cbn [deciding p_past p_num p_den p_sets p_known p_open]; fold (now p); try assumption.
    + intros q Hq. apply in_app_or in Hq. destruct Hq as [Hq|Hq]; [|apply Cknown, Hq].
      apply in_app_or in Hq. destruct Hq as [Hq|Hq]; apply in_map_iff in Hq; destruct Hq as [b [<- Hb']]; cbn [fst snd].
      * cbn [holds_of]. rewrite cmp_value by (try assumption; apply (reps_n p i), Rbefore, Hb'). specialize (Vb b Hb'). lra.
      * destruct (Va b Hb') as [V1 V2]. pose proof (reps_n p i b (Rafter b Hb')) as Hbn.
        destruct (g_ties g); cbn [holds_of]; rewrite cmp_value by assumption; [lra|]. specialize (V2 eq_refl). lra.
    + rewrite length_set_nth. assumption.
    + intros i' own Hi' Hown. rewrite nth_set_nth in Hown by lia. destruct (Nat.eqb i' i) eqn:Ei.
      * apply Nat.eqb_eq in Ei. subst i'. injection Hown as <-. split; [unfold group; rewrite map_length, seq_length; reflexivity|].
        intros l Hl. rewrite group_nth by assumption. split.
        -- intros Al. destruct (first_alike_spec p i l Hl) as [Hqn [Hqa Hqin]]. set (q := first_alike f p i l) in *.
           assert (Aq : att q) by (apply (attends_alike p i l); try assumption; apply alike_sym, Hqa).
           rewrite Hlist in Hqin. apply in_app_or in Hqin. destruct Hqin as [Hqin|[<-|Hqin]].
           ++ exfalso. destruct (Hb q Hqin) as [[]|Nb]. apply Nb, Aq.
           ++ left. exact Hqa.
           ++ destruct (g_ties g) eqn:Et.
              ** right. exists {| o_token := i; o_first := r; o_other := q; o_group := group f p i q |}. split; [apply in_map_iff; exists q; auto|].
                 cbn [o_token o_first o_other o_group]. split; [reflexivity|]. split; [rewrite group_nth by assumption; exact Hqa|].
                 destruct Aq as [_ Aq], Ar as [_ Ar]. specialize (Aq r Hr). specialize (Ar q Hqn). lra.
              ** exfalso. destruct (Va q Hqin) as [_ V]. specialize (V eq_refl). destruct Aq as [_ Aq]. specialize (Aq r Hr). lra.
        -- intros [K|[o [Ho [_ [Hg He]]]]]; [apply (attends_alike p i r); assumption|].
           destruct (g_ties g); [|contradiction]. apply in_map_iff in Ho. destruct Ho as [b [<- Hb']]. cbn [o_first o_other o_group] in *.
           pose proof (reps_n p i b (Rafter b Hb')) as Hbn. rewrite group_nth in Hg by assumption.
           apply (attends_alike p i b); try assumption. split; [assumption|]. intros l' Hl'. destruct Ar as [_ Ar]. rewrite <- He. apply Ar, Hl'.
      * apply Nat.eqb_neq in Ei. destruct (Csets i' own Hi' Hown) as [A B]. split; [assumption|]. intros l Hl. rewrite (B l Hl). split.
        -- intros [K|[o [[] _]]]. left. exact K.
        -- intros [K|[o [Ho [Hot _]]]]; [left; exact K|]. exfalso. destruct (g_ties g); [|contradiction].
           apply in_map_iff in Ho. destruct Ho as [b [<- _]]. cbn [o_token] in Hot. auto.
    + intros o Ho. destruct (g_ties g); [|contradiction]. apply in_map_iff in Ho. destruct Ho as [b [<- Hb']]. cbn [o_token o_first o_other o_group].
      split; [assumption|]. split; [assumption|]. split; [apply (reps_n p i), Rafter, Hb'|]. split; [unfold group; rewrite map_length, seq_length; reflexivity|].
      apply Va, Hb'.
  - destruct (Nat.eqb (o_token o) i) eqn:Et; [|discriminate]. apply Nat.eqb_eq in Et.
    destruct (nth i (p_sets p) None) as [own|] eqn:Es; [|discriminate]. injection H as <-.
    destruct (Csets i own Hi Es) as [Lown Sown]. destruct (Copen o (or_introl eq_refl)) as [O1 [O2 [O3 [O4 O5]]]]. rewrite Et in O5.
    destruct (Qeq_dec (form S' (run S' (now p) i) (run S' (now p) (o_first o))) (form S' (run S' (now p) i) (run S' (now p) (o_other o)))) as [E|E].
    + eexists. split; [left; reflexivity|]. split; unfold now; cbn [deciding p_past p_num p_den p_sets p_known p_open]; fold (now p); try assumption.
      * intros q [<-|Hq]; [|apply Cknown, Hq]. cbn [fst snd holds_of]. rewrite cmp_value by assumption. lra.
      * rewrite length_set_nth. assumption.
      * intros i' own' Hi' Hown. rewrite nth_set_nth in Hown by lia. destruct (Nat.eqb i' i) eqn:Ei.
        -- apply Nat.eqb_eq in Ei. subst i'. injection Hown as <-. split; [rewrite orb_list_length; lia|]. intros l Hl.
           rewrite orb_list_nth by lia. rewrite orb_true_iff, (Sown l Hl). split.
           ++ intros [K|[o' [[<-|Ho'] [K1 [K2 K3]]]]]; [left; left; exact K|left; right; exact K2|right; exists o'; auto].
           ++ intros [[K|K]|[o' [Ho' K]]]; [left; exact K|right; exists o; simpl; auto|right; exists o'; simpl; auto].
        -- apply Nat.eqb_neq in Ei. destruct (Csets i' own' Hi' Hown) as [A B]. split; [assumption|]. intros l Hl. rewrite (B l Hl). split.
           ++ intros [K|[o' [[<-|Ho'] [K1 K2]]]]; [left; exact K|congruence|right; exists o'; auto].
           ++ intros [K|[o' [Ho' K]]]; [left; exact K|right; exists o'; simpl; auto].
      * intros o' Ho'. apply Copen. simpl; auto.
    + eexists. split; [right; left; reflexivity|]. split; unfold now; cbn [deciding p_past p_num p_den p_sets p_known p_open]; fold (now p); try assumption.
      * intros q [<-|Hq]; [|apply Cknown, Hq]. cbn [fst snd holds_of]. rewrite cmp_value by assumption.
        destruct (Qlt_le_dec (form S' (run S' (now p) i) (run S' (now p) (o_other o))) (form S' (run S' (now p) i) (run S' (now p) (o_first o)))); [lra|]. exfalso. apply E. lra.
      * rewrite length_set_nth. assumption.
      * intros i' own' Hi' Hown. rewrite nth_set_nth in Hown by lia. destruct (Nat.eqb i' i) eqn:Ei.
        -- apply Nat.eqb_eq in Ei. subst i'. injection Hown as <-. split; [assumption|]. intros l Hl. rewrite (Sown l Hl). split.
           ++ intros [K|[o' [[<-|Ho'] [K1 [K2 K3]]]]]; [left; exact K|contradiction|right; exists o'; auto].
           ++ intros [K|[o' [Ho' K]]]; [left; exact K|right; exists o'; simpl; auto].
        -- apply Nat.eqb_neq in Ei. destruct (Csets i' own' Hi' Hown) as [A B]. split; [assumption|]. intros l Hl. rewrite (B l Hl). split.
           ++ intros [K|[o' [[<-|Ho'] [K1 K2]]]]; [left; exact K|congruence|right; exists o'; auto].
           ++ intros [K|[o' [Ho' K]]]; [left; exact K|right; exists o'; simpl; auto].
      * intros o' Ho'. apply Copen. simpl; auto.
Qed.

Lemma first_true_spec own : existsb (fun b : bool => b) own = true ->
  (first_true own < length own)%nat /\ nth (first_true own) own false = true.
Proof.
  induction own as [|[|] own IH]; intros H; simpl in *; try discriminate; [split; [lia|reflexivity]|].
  destruct (IH H). split; [lia|assumption].
Qed.
Lemma goal_set k i own : nth i (nth k (g_sets g) []) None = Some own -> length own = n /\ existsb (fun b : bool => b) own = true.
Proof.
  intros H. unfold family_wellformed in Hwf. apply andb_true_iff in Hwf. destruct Hwf as [_ W]. rewrite forallb_forall in W.
  destruct (Nat.lt_ge_cases k (length (g_sets g))) as [Hk|Hk].
  - specialize (W (nth k (g_sets g) []) (nth_In _ _ Hk)). rewrite forallb_forall in W.
    destruct (Nat.lt_ge_cases i (length (nth k (g_sets g) []))) as [Hi|Hi].
    + specialize (W (nth i (nth k (g_sets g) []) None) (nth_In _ _ Hi)). rewrite H in W. apply andb_true_iff in W. destruct W as [A B].
      apply Nat.eqb_eq in A. auto.
    + rewrite nth_overflow in H by assumption. discriminate.
  - rewrite (nth_overflow (g_sets g)) in H by assumption. destruct i; discriminate.
Qed.

Lemma enter_ok past num den known : (length past <= N)%nat -> (forall k l, nth_error past k = Some l -> good S' l k) ->
  represents S' num den (run S' (length past)) -> (forall q, In q known -> holds_of (member f x) (fst (snd q)) (snd (snd q))) ->
  consistent (enter f g past num den known).
Proof.
  intros HN Hpast Hrep Hknown. unfold enter. cbv zeta. set (sets := nth (length past) (g_sets g) []).
  set (p0 := {| p_past := past; p_num := num; p_den := den; p_sets := map (fun i => nth i sets None) (seq 0 n); p_known := known; p_open := [] |}).
  assert (Hs : forall i own, (i < n)%nat -> nth i (map (fun i => nth i sets None) (seq 0 n)) None = Some own -> nth i sets None = Some own).
  { intros i own Hi H. rewrite (nth_map _ (seq 0 n) i 0%nat None) in H by (rewrite seq_length; assumption). rewrite seq_nth in H by assumption. exact H. }
  assert (C0 : consistent p0).
  { split; unfold now; cbn [p_past p_num p_den p_sets p_known p_open p0]; try assumption.
    - rewrite map_length, seq_length. reflexivity.
    - intros i own Hi H. apply (Hs i own Hi) in H. destruct (goal_set _ _ _ H) as [L E]. split; [assumption|]. intros j Hj.
      rewrite <- attends_spec by assumption. rewrite (Hdescribed _ i own HN Hi H j Hj). split; [auto|]. intros [K|[o [[] _]]]; assumption.
    - contradiction. }
  pose proof C0 as [D1 D2 D3 D4 D5 D6 D7].
  split; unfold now; cbn [p_past p_num p_den p_sets p_known p_open p0]; try assumption.
  intros q Hq. apply in_app_or in Hq. destruct Hq as [Hq|Hq]; [|apply Hknown, Hq].
  apply in_flat_map in Hq. destruct Hq as [i [Hi Hq]]. apply in_seq in Hi. destruct (nth i sets None) as [own|] eqn:Eo; [|contradiction].
  destruct (goal_set _ _ _ Eo) as [L E]. destruct (first_true_spec own E) as [F1 F2].
  unfold described in Hq. apply in_map_iff in Hq. destruct Hq as [l [<- Hl]]. apply in_seq in Hl. cbn [fst snd].
  assert (Ha : attends S' (run S' (length past)) i (first_of own)).
  { apply attends_spec; [change (size S') with n; unfold first_of; lia|]. rewrite (Hdescribed _ i own HN ltac:(lia) Eo) by (unfold first_of; lia). exact F2. }
  assert (Hl' : (l < n)%nat) by lia. assert (Hb := Hdescribed _ i own HN ltac:(lia) Eo l Hl').
  assert (Hcmp := cmp_value p0 i (first_of own) l C0 ltac:(lia) ltac:(unfold first_of; lia) Hl'). change (now p0) with (length past) in Hcmp.
  destruct (nth l own false); cbn [holds_of]; rewrite Hcmp.
  - apply attends_spec in Hb; [|assumption]. destruct Ha as [A1 A], Hb as [B1 B]. specialize (A l Hl'). specialize (B (first_of own) A1). lra.
  - destruct Ha as [A1 A]. destruct (Qlt_le_dec (form S' (run S' (length past) i) (run S' (length past) l)) (form S' (run S' (length past) i) (run S' (length past) (first_of own)))) as [|Hle]; [lra|].
    exfalso. assert (attends_b S' (run S' (length past)) i l = true); [|congruence]. apply attends_spec; [assumption|]. split; [assumption|].
    intros l' Hl''. specialize (A l' Hl''). lra.
Qed.

Lemma decided_good p : consistent p -> all_decided p = true -> good S' {| l_num := p_num p; l_den := p_den p; l_att := owns p |} (now p).
Proof.
  intros C H. pose proof C as [Cnow Cpast Crep Cknown Clen Csets Copen]. unfold all_decided in H. destruct (p_open p) eqn:Eo; [|discriminate].
  rewrite forallb_forall in H.
  assert (K : forall i, (i < n)%nat -> length (nth i (owns p) []) = n /\ forall j, (j < n)%nat -> nth j (nth i (owns p) []) false = attends_b S' (run S' (now p)) i j).
  { intros i Hi. unfold owns. rewrite (nth_map _ (p_sets p) i None []) by lia.
    assert (Hi2 : (i < length (p_sets p))%nat) by lia.
    specialize (H (nth i (p_sets p) None) (nth_In _ _ Hi2)). destruct (nth i (p_sets p) None) as [own|] eqn:E; [|discriminate].
    destruct (Csets i own Hi E) as [L A]. split; [assumption|]. intros j Hj. apply eq_true_iff_eq. rewrite attends_spec by assumption. rewrite (A j Hj).
    split; [auto|]. intros [B|[o [[] _]]]; assumption. }
  split; cbn [l_num l_den l_att]; [assumption| | |].
  - unfold owns. rewrite map_length. assumption.
  - intros i Hi. apply K, Hi.
  - intros i j Hi Hj. apply K; assumption.
Qed.

Lemma advance_ok p : consistent p -> consistent (advance f g p).
Proof.
  intros C. unfold advance. destruct (all_decided p && Nat.ltb (now p) N) eqn:E; [|assumption].
  apply andb_true_iff in E. destruct E as [Hd Hlt]. apply Nat.ltb_lt in Hlt. pose proof (decided_good p C Hd) as Hg.
  pose proof C as [Cnow Cpast Crep Cknown Clen Csets Copen].
  pose proof (zstep_rep S' (p_num p) (p_den p) (run S' (now p)) (owns p) (family_tau f) Crep) as Hz.
  rewrite dim_S in Hz. destruct (zstep d (family_tau f) (p_num p) (p_den p) (owns p)) as [num den] eqn:Ez. cbn [fst snd] in Hz.
  apply enter_ok.
  - rewrite app_length. simpl. unfold now in Hlt. lia.
  - intros k l Hk. destruct (Nat.lt_ge_cases k (now p)) as [L|L].
    + rewrite nth_error_app1 in Hk by assumption. apply Cpast, Hk.
    + rewrite nth_error_app2 in Hk by assumption. unfold now in L. destruct (k - length (p_past p))%nat as [|t] eqn:Et; simpl in Hk; [|destruct t; discriminate].
      injection Hk as <-. replace k with (now p) by (unfold now; lia). exact Hg.
  - rewrite app_length. simpl. rewrite Nat.add_1_r. change (run S' (S (length (p_past p)))) with (step S' (run S' (now p))). apply Hz.
    + unfold family_tau, tau. rewrite Qred_correct. reflexivity.
    + exact (good_n _ _ _ Hg).
    + exact (good_row _ _ _ Hg).
    + exact (good_att _ _ _ Hg).
  - exact Cknown.
Qed.

Lemma root_ok : consistent (root f g).
Proof.
  pose proof wf_S as W. unfold wellformed in W. rewrite !andb_true_iff in W. destruct W as [[[[_ WT] _] _] _].
  cbn [listed_A listed_tokens member_lists] in WT. rewrite map_length, seq_length in WT.
  apply enter_ok; [simpl; lia| |simpl|contradiction].
  - intros k l H. destruct k; discriminate.
  - split.
    + unfold zmatrix. cbv zeta. rewrite map_length. reflexivity.
    + intros i Hi. unfold zmatrix. cbv zeta. rewrite (nth_map _ _ i [] []) by assumption. rewrite map_length, dim_S. apply rect_row; assumption.
    + apply zden_pos.
    + intros i r Hi Hr. rewrite dim_S in Hr. exact (zmatrix_entry (f_tokens f) d i r WT Hi Hr).
Qed.

Lemma contra_ok p weights cuts : consistent p -> closes_b f p weights cuts = true -> False.
Proof.
  intros C H. unfold closes_b in H. apply andb_true_iff in H. destruct H as [_ H].
  apply (farkas_sound f _ _ x H Hadmits). intros q Hq. apply in_flat_map in Hq. destruct Hq as [w [_ Hq]].
  unfold lookup in Hq. destruct (find _ (p_known p)) as [a|] eqn:E; [|contradiction]. destruct Hq as [<-|[]]. cbn [fst snd].
  apply find_some in E. apply (c_known _ C a), E.
Qed.

(* the same places, whatever the sets *)
Lemma lay_snoc past (l : layer) k : layer_at (past ++ [l]) k = if Nat.ltb k (length past) then layer_at past k else if Nat.eqb k (length past) then l else no_layer.
Proof.
  unfold layer_at. destruct (Nat.ltb k (length past)) eqn:E; [apply Nat.ltb_lt in E; apply app_nth1; assumption|].
  apply Nat.ltb_ge in E. rewrite app_nth2 by assumption. destruct (Nat.eqb k (length past)) eqn:F.
  - apply Nat.eqb_eq in F. subst. rewrite Nat.sub_diag. reflexivity.
  - apply Nat.eqb_neq in F. destruct (k - length past)%nat as [|[|t]] eqn:G; [lia|reflexivity|reflexivity].
Qed.
Lemma point_snoc past l l' k i : l_num l = l_num l' -> l_den l = l_den l' -> point (layer_at (past ++ [l]) k) i = point (layer_at (past ++ [l']) k) i.
Proof.
  intros E F. rewrite !lay_snoc. destruct (Nat.ltb k (length past)); [reflexivity|]. destruct (Nat.eqb k (length past)); [|reflexivity].
  unfold point. rewrite E, F. reflexivity.
Qed.
Lemma forallb_same {X} (f1 f2 : X -> bool) l : (forall a, f1 a = f2 a) -> forallb f1 l = forallb f2 l.
Proof. intros H. induction l as [|a l IH]; simpl; [reflexivity|]. rewrite H, IH. reflexivity. Qed.
Lemma below_same m f1 f2 : (forall i, f1 i = f2 i) -> below m f1 = below m f2.
Proof. apply forallb_same. Qed.

Lemma holds_ok p c r : consistent p -> g_rule g = Some r -> holds_b f g p c = true -> statement r S' (Some N).
Proof.
  intros C Hr H. unfold holds_b in H. rewrite Hr in H. apply andb_true_iff in H. destruct H as [H Hrule].
  apply andb_true_iff in H. destruct H as [HN Hd]. apply Nat.eqb_eq in HN.
  assert (Hgood : forall last, good S' last (now p) -> forall k l, nth_error (p_past p ++ [last]) k = Some l -> good S' l k).
  { intros last Hg k l Hk. destruct (Nat.lt_ge_cases k (now p)) as [L|L].
    - rewrite nth_error_app1 in Hk by assumption. apply (c_past _ C), Hk.
    - rewrite nth_error_app2 in Hk by assumption. unfold now in L. destruct (k - length (p_past p))%nat as [|t] eqn:Et; simpl in Hk; [|destruct t; discriminate].
      injection Hk as <-. replace k with (now p) by (unfold now; lia). exact Hg. }
  assert (Hlen : length (listed_A sd) = length (listed_A (member_lists f (fun _ => 0)))) by (cbn [listed_A member_lists]; rewrite !map_length, !seq_length; reflexivity).
  set (known := {| l_num := p_num p; l_den := p_den p; l_att := owns p |}) in *.
  set (true_layer := make_layer (zmatrix (listed_A sd)) (p_num p) (p_den p)).
  assert (Htrue : good S' true_layer (now p)) by (apply (make_good S' _ (zden (listed_A sd))); [apply zA_rep, wf_S|apply (c_rep _ C)]).
  assert (Hp : forall k i, point (layer_at (p_past p ++ [true_layer]) k) i = point (layer_at (p_past p ++ [known]) k) i) by (intros; apply point_snoc; reflexivity).
  assert (Hl : length (p_past p ++ [true_layer]) = length (p_past p ++ [known])) by (rewrite !app_length; reflexivity).
  unfold rule_b in Hrule.
  apply orb_true_iff in Hd. destruct Hd as [Hd|Hd].
  - pose proof (check_claim_ok sd N _ wf_S (Hgood known (decided_good p C Hd)) c) as Hc.
    destruct r, c; try discriminate; cbn [check_claim statement means] in *; try rewrite Hlen in Hc; apply Hc, Hrule.
  - pose proof (check_claim_ok sd N _ wf_S (Hgood true_layer Htrue) c) as Hc.
    destruct r; try discriminate; destruct c; try discriminate; cbn [check_claim statement means] in *; try rewrite Hlen in Hc; apply Hc.
    + rewrite <- Hrule. f_equal. unfold chain. rewrite Hl. f_equal. apply below_same. intros k. apply below_same. intros i.
      unfold is_combination. f_equal. apply below_same. intros q. rewrite Hp. f_equal.
      unfold lsum. induction (nth i (nth k weights []) []) as [|w ws IH]; cbn [fold_right]; [reflexivity|]. rewrite Hp, IH. reflexivity.
    + rewrite <- Hrule. rewrite Hl. f_equal. apply below_same. intros i. apply below_same. intros j. rewrite !Hp. reflexivity.
Qed.

Fixpoint tree_rect' (P : tree -> Prop) (HS : forall i ts, Forall P ts -> P (Split i ts)) (HC : forall w c, P (Contradiction w c)) (HH : forall c, P (Holds c)) (t : tree) : P t :=
  match t with
  | Split i ts => HS i ts ((fix go (l : list tree) : Forall P l := match l with [] => Forall_nil P | a :: r => Forall_cons a (tree_rect' P HS HC HH a) (go r) end) ts)
  | Contradiction w c => HC w c
  | Holds c => HH c
  end.

Theorem tree_ok t : forall p, consistent p -> check_tree f g t p = true ->
  match g_rule g with Some r => statement r S' (Some N) | None => False end.
Proof.
  induction t as [i ts IH|w c|c] using tree_rect'; intros p C H; cbn [check_tree] in H; apply advance_ok in C.
  - apply andb_true_iff in H. destruct H as [Hi H]. apply Nat.ltb_lt in Hi.
    destruct (split f g (advance f g p) i) as [paths|] eqn:E; [|discriminate].
    destruct (split_ok _ i paths C Hi E) as [p' [Hin C']]. clear E.
    revert paths Hin H. induction IH as [|t' ts' Ht _ IHts]; intros paths Hin H; destruct paths as [|q paths]; try contradiction; try discriminate.
    apply andb_true_iff in H. destruct H as [H1 H2]. destruct Hin as [->|Hin]; [exact (Ht p' C' H1)|]. exact (IHts paths Hin H2).
  - exfalso. exact (contra_ok _ w c C H).
  - destruct (g_rule g) as [r|] eqn:Er; [exact (holds_ok _ c r C Er H)|]. unfold holds_b in H. rewrite Er in H. discriminate.
Qed.
End Sound.

(* the class, said of the system itself *)
Lemma admits_member f x c : admits c (system_of (member_lists f x)) -> admits c (member f x).
Proof.
  assert (Es : forall u v, same (member f x) u v <-> same (system_of (member_lists f x)) u v).
  { intros u v. split; intros H r Hr; apply H; revert Hr; rewrite dim_S; auto. }
  assert (Sy : symmetric (system_of (member_lists f x)) -> symmetric (member f x)).
  { intros H i j Hi Hj. change (dim (member f x)) with (length (f_base f)) in *.
    assert (Ei := H i j). rewrite dim_S in Ei. specialize (Ei Hi Hj). cbn [A system_of] in Ei. rewrite !mem_entry in Ei by assumption. exact Ei. }
  assert (Ps : positive_semidefinite (system_of (member_lists f x)) -> positive_semidefinite (member f x)).
  { intros H u. rewrite <- form_S. apply H. }
  assert (Pd : positive_definite (system_of (member_lists f x)) -> positive_definite (member f x)).
  { intros H u Hu. rewrite <- form_S. apply H. intros K. apply Hu, Es, K. }
  destruct c; simpl; tauto.
Qed.

(* FORMAT.md, lemma cases *)
Theorem check_family_sound f g t : check_family f g t = true -> forall x, let s := system_of (member_lists f x) in
  admits (f_class f) s ->
  (* as described *)
  (forall k i own, (k <= last_layer g)%nat -> (i < size s)%nat -> nth i (nth k (g_sets g) []) None = Some own ->
     forall j, (j < size s)%nat -> attends_b s (run s k) i j = nth j own false) ->
  (* without avoidable ties, where these do not count *)
  (g_ties g = false -> forall k i a b, (k <= last_layer g)%nat -> (i < size s)%nat -> (a < size s)%nat -> (b < size s)%nat ->
     attends s (run s k) i a -> attends s (run s k) i b -> unavoidable f x k i a b) ->
  match g_rule g with Some r => statement r s (Some (last_layer g)) | None => False end.
Proof.
  intros H x s Ha Hd Ht. unfold check_family in H. apply andb_true_iff in H. destruct H as [Hwf H].
  apply (tree_ok f g x Hwf (admits_member f x _ Ha) Hd Ht t (root f g)); [|exact H].
  apply root_ok; assumption.
Qed.
